#![no_main]
lodge_fuzz::target!("wiegand_hexadecimal");
