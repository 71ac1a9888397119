#![no_main]
lodge_fuzz::target!("em4100");
