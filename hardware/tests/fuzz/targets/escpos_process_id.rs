#![no_main]
lodge_fuzz::target!("escpos_process_id");
