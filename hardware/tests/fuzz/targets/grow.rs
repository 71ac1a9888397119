#![no_main]
lodge_fuzz::target!("grow");
