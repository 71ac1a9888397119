#![no_main]
lodge_fuzz::target!("pn532");
