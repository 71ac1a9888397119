#![no_main]
lodge_fuzz::target!("escpos_fence");
