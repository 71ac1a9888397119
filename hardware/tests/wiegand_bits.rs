//! The bits of Wiegand cards: parity, facility and number (hardware.md §2.3, §5.1).

use lodge_hardware::reader::wiegand::{Fields, Layout};
use lodge_hardware::reader::{CardNumber, Credential, WiegandCode};
use proptest::prelude::*;

const LAYOUTS: [Layout; 4] = [
    Layout::H10301,
    Layout::H10306,
    Layout::H10304,
    Layout::H10302,
];

fn wiegand(bits: u8, value: u64) -> WiegandCode {
    WiegandCode::new(bits, value).unwrap()
}

#[test]
fn the_card_of_the_published_frame_is_facility_205_number_42220() {
    let fields = Fields {
        facility: Some(205),
        number: 42220,
    };
    let code = Layout::H10301.code(fields).unwrap();
    assert_eq!((code.bits(), code.value()), (26, 0x39B_49D9));
    assert_eq!(Layout::H10301.read(code), Some(fields));
    let body = code.number_bits().unwrap();
    assert_eq!((body.bits(), body.value()), (24, 0xCD_A4EC));
}

#[test]
fn a_card_enrolled_at_an_em4100_reader_is_known_by_its_low_bits() {
    let card = CardNumber::new(0x01_00CD_A4EC).unwrap();
    assert_eq!(card.value() & 0xFFFF_FFFF, 13_477_100);
    let of_26 = wiegand(26, 0x39B_49D9).number_bits().unwrap();
    assert_eq!(of_26.value(), card.value() & 0xFF_FFFF);
    let fields = Fields {
        facility: Some(0x00CD),
        number: 0xA4EC,
    };
    let of_34 = Layout::H10306.code(fields).unwrap().number_bits().unwrap();
    assert_eq!(of_34.bits(), 32);
    assert_eq!(of_34.value(), card.value() & 0xFFFF_FFFF);
    assert_eq!(of_34.low(24), Some(of_26));
    // What a converter has taken parity off already stays as it is.
    assert_eq!(wiegand(24, 0xCD_A4EC).number_bits(), Some(of_26));
    assert_eq!(wiegand(32, 13_477_100).number_bits(), Some(of_34));
    assert_eq!(of_26.low(25), None);
    assert_eq!(of_34.low(0), None);
}

#[test]
fn every_single_wrong_bit_of_every_format_is_seen() {
    for layout in LAYOUTS {
        let fields = Fields {
            facility: (layout != Layout::H10302).then_some(0x5A),
            number: 0x1234,
        };
        let code = layout.code(fields).unwrap();
        assert_eq!(
            (code.bits(), layout.read(code)),
            (layout.bits(), Some(fields))
        );
        assert!(code.number_bits().is_some());
        for bit in 0..code.bits() {
            let wrong = wiegand(code.bits(), code.value() ^ 1 << bit);
            assert_eq!(layout.read(wrong), None, "{layout:?} {bit}");
            assert_eq!(wrong.number_bits(), None, "{layout:?} {bit}");
        }
    }
}

#[test]
fn a_field_that_does_not_fit_its_format_gives_no_bits() {
    for (layout, facility, number) in [
        (Layout::H10301, Some(256), 1),
        (Layout::H10301, Some(1), 65536),
        (Layout::H10301, None, 1),
        (Layout::H10304, Some(1), 1 << 19),
        (Layout::H10302, Some(1), 1),
        (Layout::H10302, None, 1 << 35),
    ] {
        let fields = Fields { facility, number };
        assert_eq!(layout.code(fields), None, "{layout:?}");
    }
    assert_eq!(Layout::H10301.read(wiegand(34, 1)), None);
}

#[test]
fn no_number_is_shown_in_debug_output() {
    let code = wiegand(26, 0x39B_49D9);
    let fields = Layout::H10301.read(code).unwrap();
    let shown = format!("{code:?} {fields:?} {:?}", Credential::Wiegand(code));
    assert!(
        !shown.contains("205") && !shown.contains("42220"),
        "{shown}"
    );
    assert!(
        shown.starts_with("WiegandCode(… 26 bits) Fields(…)"),
        "{shown}"
    );
}

proptest! {
    #[test]
    fn any_fields_that_fit_come_back(facility: u16, number in 0u64..1 << 35) {
        for layout in LAYOUTS {
            let (mut fields, width) = match layout {
                Layout::H10301 => ((Some(facility & 0xFF), number), 16),
                Layout::H10306 => ((Some(facility), number), 16),
                Layout::H10304 => ((Some(facility), number), 19),
                Layout::H10302 => ((None, number), 35),
            };
            fields.1 &= (1 << width) - 1;
            let fields = Fields { facility: fields.0, number: fields.1 };
            let code = layout.code(fields).unwrap();
            prop_assert_eq!(layout.read(code), Some(fields));
        }
    }
}
