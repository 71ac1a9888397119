#![no_main]
lodge_fuzz::target!("zebra_raw");
