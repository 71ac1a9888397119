#![no_main]
lodge_fuzz::target!("newland");
