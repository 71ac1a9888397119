use super::*;
use crate::config::makes::{self, Makes};
use crate::equipment::DeviceKind;
use lodge_hardware::reader::wiegand::{Layout, Wire};
use lodge_hardware::reader::{em4100, pn532, wiegand};
use std::path::PathBuf;
use std::time::Duration;

fn device(protocol: Protocol) -> Device {
    let port = PathBuf::from("/dev/null");
    Device::usual("gate", DeviceKind::Reader, protocol, port)
}

fn wire(cards: CardsBehind, card_bytes: CardBytes) -> Device {
    Device {
        cards,
        card_bytes,
        ..device(Protocol::Osdp)
    }
}

fn read(bits: u8, value: u64, spec: &Device) -> Result<Credential, NotRead> {
    let code = WiegandCode::new(bits, value).expect("a code");
    let read = reader::Credential::Wiegand(code);
    credential(read, spec, NumberConvention::default())
}

fn uid_of(bytes: &[u8]) -> Credential {
    let uid = Uid::new(bytes).expect("a UID");
    let read = reader::Credential::Iso14443a(uid);
    let spec = device(Protocol::Pn532);
    credential(read, &spec, NumberConvention::default()).expect("a card")
}

#[test]
fn the_bits_of_a_13_56_mhz_reader_are_the_uid_that_a_pn532_reads_of_the_same_card() {
    let sent = wire(CardsBehind::Iso14443a, CardBytes::AsSent);
    let reversed = wire(CardsBehind::Iso14443a, CardBytes::Reversed);
    let four = uid_of(&[0xFB, 0x0E, 0xE2, 0x0B]);
    assert_eq!(read(32, 0xFB0E_E20B, &sent), Ok(four.clone()));
    assert_eq!(read(32, 0x0BE2_0EFB, &reversed), Ok(four.clone()));
    let seven = uid_of(&[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6]);
    assert_eq!(read(56, 0x0004_A1B2_C3D4_E5F6, &sent), Ok(seven.clone()));
    assert_eq!(read(56, 0x00F6_E5D4_C3B2_A104, &reversed), Ok(seven));
    // Leading zeros are bytes too.
    let low = uid_of(&[0x00, 0x00, 0x00, 0x01]);
    assert_eq!(read(32, 1, &sent), Ok(low));
    // Wiegand 34 has parity around the same four bytes.
    let fields = wiegand::Fields {
        facility: Some(0xFB0E),
        number: 0xE20B,
    };
    let code = Layout::H10306.code(fields).expect("it has room");
    assert_eq!(read(34, code.value(), &sent), Ok(four));
    assert_eq!(read(34, code.value() ^ 1, &sent), Err(NotRead::Again));
}

#[test]
fn a_uid_that_is_another_one_each_time_or_not_whole_is_no_card_at_a_wire_either() {
    let sent = wire(CardsBehind::Iso14443a, CardBytes::AsSent);
    let reversed = wire(CardsBehind::Iso14443a, CardBytes::Reversed);
    let random = Err(NotRead::RandomNumber);
    assert_eq!(read(32, 0x0801_0203, &sent), random);
    assert_eq!(read(32, 0x0302_0108, &reversed), random);
    assert!(read(32, 0x0302_0108, &sent).is_ok(), "only at the front");
    assert!(
        read(56, 0x0008_A1B2_C3D4_E5F6, &sent).is_ok(),
        "seven bytes"
    );
    let not_this = Err(NotRead::NotThisKind);
    // Three bytes of seven behind the cascade tag are those of a whole batch of cards.
    assert_eq!(read(32, 0x8804_A1B2, &sent), not_this);
    assert_eq!(read(32, 0xB2A1_0488, &reversed), not_this);
    for bits in [24, 40, 48, 64] {
        assert_eq!(read(bits, 5, &sent), not_this, "{bits} bits");
    }
}

#[test]
fn without_a_word_about_its_cards_a_wire_knows_its_bits_only() {
    let spec = wire(CardsBehind::AsRead, CardBytes::AsSent);
    let card = read(32, 0xFB0E_E20B, &spec).expect("a card");
    assert_eq!(card.technology, Technology::Wiegand);
    assert_eq!(card.number, "32:FB0EE20B");
}

#[test]
fn a_card_is_the_same_where_its_parity_is_sent_and_where_a_converter_has_taken_it_off() {
    let spec = wire(CardsBehind::AsRead, CardBytes::AsSent);
    for (layout, facility, number, told) in [
        (Layout::H10301, Some(0xCD), 0xA4EC, "24:CDA4EC"),
        (Layout::H10306, Some(0xFB0E), 0xE20B, "32:FB0EE20B"),
        (Layout::H10302, None, 0x5_FB0E_E20B, "35:5FB0EE20B"),
    ] {
        let code = layout.code(wiegand::Fields { facility, number });
        let code = code.expect("it has room");
        let card = read(code.bits(), code.value(), &spec).expect("a card");
        assert_eq!(card.number, told);
        let bare = code.number_bits().expect("its parity is right");
        assert_eq!(read(bare.bits(), bare.value(), &spec), Ok(card));
        // One that is numbered in another layout has bits where these have parity.
        let other = read(code.bits(), code.value() ^ 1, &spec).expect("a card");
        let bits = code.bits();
        assert_eq!(other.number, format!("{bits}:{:X}", code.value() ^ 1));
    }
    // As long, and all of it number: its converter has taken parity off.
    let whole = Layout::H10301.code(wiegand::Fields {
        facility: Some(0xCD),
        number: 0xA4EC,
    });
    let bare = whole.expect("it has room").bare();
    let read = reader::Credential::Wiegand(bare);
    let card = credential(read, &spec, NumberConvention::default()).expect("a card");
    assert_eq!(card.number, format!("26:{:X}", bare.value()));
}

#[test]
fn what_is_said_of_a_reader_is_what_its_driver_does_and_nothing_said_is_its_make() {
    let mut plain = device(Protocol::Em4100);
    assert_eq!(made::em4100(&plain), em4100::Settings::default());
    plain.makes = Makes::Em4100(makes::Em4100 {
        silence: Duration::from_secs(1),
    });
    assert_eq!(made::em4100(&plain).silence, Duration::from_secs(1));

    let slow = |protocol| Device {
        adapter: Duration::from_millis(250),
        ..device(protocol)
    };
    for adapter in [
        made::em4100(&slow(Protocol::Em4100)).adapter,
        made::pn532(&slow(Protocol::Pn532)).adapter,
        made::samv(&slow(Protocol::SamV)).adapter,
        made::converter(&slow(Protocol::Wiegand)).adapter,
    ] {
        assert_eq!(adapter, Duration::from_millis(250));
    }

    let mut chip = device(Protocol::Pn532);
    assert_eq!(made::pn532(&chip), pn532::Settings::default());
    chip.makes = Makes::Pn532(makes::Pn532 {
        calls_again: 5,
        wake_zeros: 80,
        acknowledged_within: Duration::from_millis(300),
    });
    let chip = made::pn532(&chip);
    assert_eq!((chip.tries_again, chip.wake_zeros), (5, 80));
    assert_eq!(
        chip.looked_within,
        Duration::from_secs(1),
        "twice as many calls"
    );
    assert_eq!(chip.acknowledged_within, Duration::from_millis(300));

    let mut module = device(Protocol::SamV);
    assert_eq!(made::samv(&module), samv::Settings::default());
    module.makes = Makes::SamV(makes::SamV {
        foreigners_2023: false,
        permit_beginnings: true,
        radio_frame: Some(80),
    });
    let module = made::samv(&module);
    assert!(!module.foreigners_2023 && module.permit_beginnings);
    assert_eq!(module.radio_frame, Some(80));

    let mut converter = device(Protocol::Wiegand);
    assert_eq!(made::converter(&converter), wiegand::Settings::wie232());
    converter.profile = Some("s4a".to_owned());
    assert_eq!(made::converter(&converter), wiegand::Settings::s4a());
    converter.makes = Makes::Converter(makes::Converter {
        radix: Some(makes::Radix::Hexadecimal),
        digits: Some(9),
        end: Some(makes::End::Pause),
        wire_bits: Some(34),
        with_parity: true,
        keep_bits: Some(24),
    });
    let settings = made::converter(&converter);
    assert_eq!(settings.radix, wiegand::Radix::Hexadecimal);
    assert_eq!((settings.digits, settings.keep), (9, Some(24)));
    assert_eq!(settings.end, wiegand::End::Pause);
    assert_eq!(settings.wire, Wire::Whole(Layout::H10306));
}

#[test]
fn what_a_converter_took_parity_off_is_a_number_however_long_it_is() {
    let mut spec = device(Protocol::Wiegand);
    spec.cards = CardsBehind::Em4100;
    spec.makes = Makes::Converter(makes::Converter {
        digits: Some(9),
        wire_bits: Some(34),
        with_parity: false,
        ..makes::Converter::default()
    });
    let mut line = lodge_hardware::dialogue::Line::new();
    let now = lodge_hardware::clock::Moment::ORIGIN;
    let mut converter = Converter::new(made::converter(&spec));
    // As parity these 34 bits would be wrong.
    converter.heard(now, b"000CDA4ED\r", &mut line);
    let heard = line.take_tells();
    let [Tell::Presented(presented)] = heard.as_slice() else {
        panic!("one card, not {heard:?}")
    };
    let read = credential(
        presented.credential.clone(),
        &spec,
        NumberConvention::default(),
    );
    assert_eq!(read, Ok(NumberConvention::default().credential(0xCD_A4ED)));
}
