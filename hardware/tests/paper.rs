//! What a slip costs on the wire and looks like on paper.

mod support;

use lodge_hardware::escpos::encode::encode;
use lodge_hardware::escpos::printer::Printer;
use lodge_hardware::escpos::profile::Profile;
use lodge_hardware::sim::printer::PrinterSim;
use support::{Bench, font, slip};

#[test]
fn a_slip_is_these_bytes() {
    let bytes = encode(&slip("A-1123-0042"), &Profile::generic_80mm(), None);
    let rows = bytes.chunks(16).map(|row| {
        let row: Vec<String> = row.iter().map(|byte| format!("{byte:02X}")).collect();
        row.join(" ")
    });
    let dump = rows.collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(format!("{} bytes\n{dump}", bytes.len()));
}

#[test]
fn a_slip_looks_like_this() {
    let mut bench = Bench::new(Profile::generic_80mm());
    bench.join(|joined| {
        joined.print(1, "A-1123-0042");
        joined.run(60);
    });
    insta::assert_snapshot!(bench.sim.paper_text().join("\n-- cut --\n"));
}

#[test]
fn the_wire_is_never_idle_within_a_slip_at_any_usual_baud() {
    for baud in [9600, 38_400, 115_200] {
        let profile = Profile::epson_80mm();
        let sim = PrinterSim::new(&profile, baud);
        let mut bench = Bench::with(Printer::new(profile, baud), sim);
        bench.join(|joined| {
            joined.print(1, "A-1123-0042");
            joined.run_until(1);
            joined.sim.measure();
            joined.run_until(2);
        });
        let wire = bench.sim.wire_time().unwrap();
        let ratio = wire.ratio(baud);
        println!(
            "slip: {} bytes at {baud}, wire time ratio {ratio:.4}",
            wire.bytes
        );
        assert!(
            wire.bytes > 200 && ratio <= 1.03,
            "{wire:?} at {baud}: {ratio}"
        );
    }
}

#[test]
fn a_slip_is_a_picture_with_ink_where_the_text_is() {
    let mut bench = Bench::new(Profile::generic_80mm());
    bench.join(|joined| {
        joined.print(1, "A-1123-0042");
        joined.run(60);
    });
    let file = bench.sim.paper_png(0, &font());
    if let Some(path) = std::env::var_os("LODGE_SLIP_PNG") {
        std::fs::write(path, &file).unwrap();
    }
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.width, 576);
    let dark = pixels.iter().filter(|pixel| **pixel < 128).count();
    assert!((5_000..60_000).contains(&dark), "{dark} dark dots");
}
