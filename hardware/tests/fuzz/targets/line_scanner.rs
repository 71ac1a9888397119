#![no_main]
lodge_fuzz::target!("line_scanner");
