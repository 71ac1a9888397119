#![no_main]
lodge_fuzz::target!("osdp_line");
