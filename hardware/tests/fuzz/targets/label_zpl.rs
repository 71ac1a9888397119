#![no_main]
lodge_fuzz::target!("label_zpl");
