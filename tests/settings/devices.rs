//! What a house says of its devices.

use crate::{HOUSE, sound};
use lodge::config::makes::{self, Makes};
use lodge::config::{
    BAUD_RATES, CardBytes, CardsBehind, Check, Device, Flow, PRINTER_PROFILES, Protocol,
    TSPL_PROFILES, ZPL_PROFILES,
};
use lodge::equipment::DeviceKind;
use lodge_hardware::kind::{Kind, WORDS};
use std::time::Duration;

/// The only device of a house that says this of it.
fn device(kind: &str, said: &str) -> Device {
    let text = format!(
        "{HOUSE}[[device]]\nname = \"one\"\nkind = \"{kind}\"\nport = \"/dev/ttyS0\"\n{said}"
    );
    let devices = sound(&text).devices().to_vec();
    let [device] = devices.as_slice() else {
        panic!("one device, not {devices:?}");
    };
    device.clone()
}

#[test]
fn every_speed_of_the_list_is_taken() {
    for rate in BAUD_RATES {
        let text = format!(
            "{HOUSE}[[device]]\nname = \"front\"\nkind = \"scanner\"\nport = \"/dev/ttyS0\"\nbaud = {rate}\n"
        );
        assert_eq!(sound(&text).devices()[0].baud, rate);
    }
}

#[test]
fn osdp_readers_share_a_port_by_their_addresses() {
    let reader = |name, more: &str| {
        format!(
            "[[device]]\nname = \"{name}\"\nkind = \"reader\"\nprotocol = \"osdp\"\n\
             port = \"/dev/ttyS0\"\nbaud = 19200\n{more}\n"
        )
    };
    let (gate, yard) = (reader("gate", ""), reader("yard", "address = 126"));
    let settings = sound(&format!(
        "{HOUSE}{gate}{yard}{}",
        reader("dock", "address = 1")
    ));
    let osdp = settings.devices().iter().map(|device| device.osdp.clone());
    let addresses: Vec<u8> = osdp.map(|osdp| osdp.expect("osdp").address).collect();
    assert_eq!(addresses, [0, 126, 1]);
}

#[test]
fn settings_and_printers_agree_on_the_profiles() {
    let known = lodge_hardware::escpos::profile::Profile::names();
    assert_eq!(known, PRINTER_PROFILES);
    let known = lodge_hardware::label::profile::Profile::names();
    assert_eq!(known, [TSPL_PROFILES, ZPL_PROFILES].concat());
}

fn port_flow(flow: Flow) -> lodge_hardware::link::serial::Flow {
    use lodge_hardware::link::serial::Flow as Port;
    match flow {
        Flow::None => Port::None,
        Flow::XonXoff => Port::Software,
        Flow::RtsCts => Port::Hardware,
        Flow::DtrDsr => Port::DataSetReady,
    }
}

/// Where the settings name no handshake they take the usual one of the drivers' profiles.
#[test]
fn settings_and_printers_agree_on_the_usual_handshake_and_on_who_has_no_chinese() {
    for profile in lodge_hardware::escpos::profile::Profile::all() {
        let usual = port_flow(Protocol::EscPos.usual_flow());
        assert_eq!(usual, profile.flow, "{}", profile.name);
        let is_western = profile.name.ends_with("-western");
        assert_eq!(profile.chinese, !is_western, "{}", profile.name);
    }
    for profile in lodge_hardware::label::profile::Profile::all() {
        for protocol in [Protocol::Tspl, Protocol::Zpl] {
            let usual = port_flow(protocol.usual_flow());
            assert_eq!(usual, profile.flow, "{}", profile.name);
        }
    }
}

/// Two lists on purpose: the settings may not name the drivers, and the drivers know no settings. What
/// both say must be the same.
#[test]
fn settings_and_drivers_agree_on_every_protocol_with_its_makes_and_its_speed() {
    let kinds = [
        DeviceKind::Reader,
        DeviceKind::Scanner,
        DeviceKind::Printer,
        DeviceKind::LabelPrinter,
    ];
    let mut spoken: Vec<&str> = Vec::new();
    for protocol in kinds.into_iter().flat_map(Protocol::spoken_by) {
        let word = protocol.word();
        let usual = Kind::named(word, None).expect("the drivers know the word");
        assert_eq!(usual.usual_baud(), protocol.usual_baud(), "{word}");
        let first = Kind::named(word, protocol.profiles().first().copied());
        let first = first.expect("the drivers know the make");
        assert_eq!(format!("{first:?}"), format!("{usual:?}"), "{word}");
        for profile in protocol.profiles() {
            assert!(Kind::named(word, Some(profile)).is_ok(), "{word} {profile}");
        }
        // Makes that have a word of their own are words of this protocol.
        spoken.push(word);
        spoken.extend(protocol.profiles());
    }
    for (word, _) in WORDS {
        assert!(spoken.contains(&word), "the settings do not know {word}");
    }
}

#[test]
fn printers_have_the_handshake_of_their_make_and_others_none_where_nothing_is_said() {
    for (kind, said, flow) in [
        ("printer", "", Flow::RtsCts),
        ("printer", "flow = \"none\"\n", Flow::None),
        ("printer", "flow = \"xon-xoff\"\n", Flow::XonXoff),
        ("printer", "flow = \"dtr-dsr\"\n", Flow::DtrDsr),
        ("label-printer", "", Flow::RtsCts),
        ("label-printer", "flow = \"none\"\n", Flow::None),
        ("label-printer", "flow = \"dtr-dsr\"\n", Flow::DtrDsr),
        (
            "label-printer",
            "protocol = \"zpl\"\nflow = \"dtr-dsr\"\n",
            Flow::DtrDsr,
        ),
        (
            "label-printer",
            "protocol = \"zpl\"\nflow = \"xon-xoff\"\n",
            Flow::XonXoff,
        ),
        ("reader", "", Flow::None),
        (
            "reader",
            "protocol = \"osdp\"\nflow = \"rts-cts\"\n",
            Flow::RtsCts,
        ),
        ("scanner", "", Flow::None),
        ("scanner", "flow = \"rts-cts\"\n", Flow::RtsCts),
    ] {
        assert_eq!(device(kind, said).flow, flow, "{kind} {said}");
    }
}

#[test]
fn a_device_of_which_nothing_is_said_is_as_its_make() {
    for (kind, protocol) in [
        (DeviceKind::Reader, Protocol::Em4100),
        (DeviceKind::Reader, Protocol::Pn532),
        (DeviceKind::Reader, Protocol::Wiegand),
        (DeviceKind::Reader, Protocol::Osdp),
        (DeviceKind::Reader, Protocol::SamV),
        (DeviceKind::Scanner, Protocol::LineScanner),
        (DeviceKind::Printer, Protocol::EscPos),
        (DeviceKind::LabelPrinter, Protocol::Tspl),
        (DeviceKind::LabelPrinter, Protocol::Zpl),
    ] {
        let said = device(
            kind.word(),
            &format!("protocol = \"{}\"\n", protocol.word()),
        );
        let usual = Device::usual("one", kind, protocol, "/dev/ttyS0".into());
        assert_eq!(said, usual);
    }
}

#[test]
fn what_a_house_says_of_a_reader_is_what_it_is() {
    let plain = "protocol = \"em4100\"\nsilence_ms = 2000\n";
    let Makes::Em4100(plain) = device("reader", plain).makes else {
        panic!("an EM4100 reader");
    };
    assert_eq!(plain.silence, Duration::from_secs(2));

    let chip = "protocol = \"pn532\"\ncalls_again = 20\nwake_zeros = 0\nacknowledge_ms = 2000\n";
    let Makes::Pn532(chip) = device("reader", chip).makes else {
        panic!("a PN532");
    };
    assert_eq!((chip.calls_again, chip.wake_zeros), (20, 0));
    assert_eq!(chip.acknowledged_within, Duration::from_secs(2));

    let module = "protocol = \"sam-v\"\nforeigners_2023 = false\npermit_beginnings = true\nradio_frame = 80\n";
    let Makes::SamV(module) = device("reader", module).makes else {
        panic!("a SAM_V module");
    };
    assert!(!module.foreigners_2023 && module.permit_beginnings);
    assert_eq!(module.radio_frame, Some(80));

    let osdp =
        "protocol = \"osdp\"\ncheck = \"sum\"\ncards = \"iso14443a\"\ncard_bytes = \"reversed\"\n";
    let osdp = device("reader", osdp);
    assert_eq!(osdp.osdp.map(|osdp| osdp.check), Some(Check::Sum));
    assert_eq!(osdp.cards, CardsBehind::Iso14443a);
    assert_eq!(osdp.card_bytes, CardBytes::Reversed);

    let converter = "protocol = \"wiegand\"\nradix = \"decimal\"\ndigits = 11\nend = \"pause\"\n\
                     wire_bits = 34\nwith_parity = true\nkeep_bits = 32\n";
    let Makes::Converter(converter) = device("reader", converter).makes else {
        panic!("a converter");
    };
    assert_eq!(converter.radix, Some(makes::Radix::Decimal));
    assert_eq!(converter.end, Some(makes::End::Pause));
    assert_eq!(
        (converter.digits, converter.wire_bits),
        (Some(11), Some(34))
    );
    assert_eq!(
        (converter.with_parity, converter.keep_bits),
        (true, Some(32))
    );
}

#[test]
fn any_device_may_be_behind_a_slow_adapter() {
    for kind in ["reader", "scanner", "printer", "label-printer"] {
        assert_eq!(device(kind, "").adapter, Duration::ZERO);
        let slow = device(kind, "adapter_ms = 250\n");
        assert_eq!(slow.adapter, Duration::from_millis(250), "{kind}");
    }
}

#[test]
fn what_a_house_says_of_a_scanner_is_what_it_is() {
    let said = "profile = \"grow\"\nmode = \"commanded\"\nset_up = false\ncheck_replies = false\nsuffix = \"\\t\"\nprefix = \"\\u0002\"\n\
                aim = false\nencoding = \"gb18030\"\nidle_ms = 200\nsame_code_ms = 0\n";
    let Makes::Scanner(scanner) = device("scanner", said).makes else {
        panic!("a scanner");
    };
    assert_eq!(
        (scanner.mode, scanner.set_up),
        (makes::Mode::Commanded, false)
    );
    assert!(!scanner.check_replies);
    assert_eq!((scanner.suffix, scanner.prefix), (vec![9], vec![2]));
    assert_eq!(
        (scanner.aim, scanner.encoding),
        (false, makes::Encoding::Gb18030)
    );
    assert_eq!(scanner.idle_end, Duration::from_millis(200));
    assert_eq!(scanner.same_code, Duration::ZERO);
    let Makes::Scanner(scanner) = device("scanner", "end = \"cr-lf\"\n").makes else {
        panic!("a scanner");
    };
    assert_eq!(scanner.end, makes::End::CrLf);
}

#[test]
fn what_a_house_says_of_a_printer_is_what_it_is() {
    let said = "columns = 42\nchinese = false\ncode_page = \"cp858\"\ncode_page_number = 255\nnational_set = 0\n\
                cutter = \"full\"\nlines_to_cutter = 6\nprocess_id = \"no\"\nrestart_ms = 200\n";
    let Makes::Receipts(printer) = device("printer", said).makes else {
        panic!("a printer");
    };
    assert_eq!((printer.columns, printer.chinese), (Some(42), Some(false)));
    assert_eq!(printer.four_byte, None);
    assert_eq!(printer.code_page, Some(makes::CodePage::Cp858));
    assert_eq!(printer.code_page_number, Some(255));
    assert_eq!(printer.national_set, Some(0));
    assert_eq!(printer.cutter, Some(makes::Cutter::Full));
    assert_eq!(printer.lines_to_cutter, Some(6));
    assert_eq!(printer.process_id, Some(makes::ProcessId::No));
    assert_eq!(printer.restart, Some(Duration::from_millis(200)));
    let said = "profile = \"epson-80mm-western\"\nchinese = true\nfour_byte = true\nlarge_chinese = \"fs-w\"\ntight_chinese = true\n";
    let Makes::Receipts(printer) = device("printer", said).makes else {
        panic!("a printer");
    };
    assert_eq!(printer.four_byte, Some(true));
    assert_eq!(printer.large_chinese, Some(makes::LargeChinese::FsW));
    assert_eq!(
        (printer.chinese, printer.tight_chinese),
        (Some(true), Some(true))
    );

    let said = "font = \"TSS16.BF2\"\nfont_dots = \"8x16\"\nfont_characters = \"gb2312\"\nquotes = \"never\"\n\
                status = \"eight-bytes\"\nupside_down = true\nrestart_ms = 5000\n";
    let Makes::Labels(labels) = device("label-printer", said).makes else {
        panic!("a label printer");
    };
    assert_eq!(labels.font.as_deref(), Some("TSS16.BF2"));
    assert_eq!(labels.font_dots, Some((8, 16)));
    assert_eq!(labels.font_characters, Some(makes::FontCharacters::Gb2312));
    assert_eq!(labels.quotes, Some(makes::Quotes::Never));
    assert_eq!(labels.status, Some(makes::Status::EightBytes));
    assert_eq!(labels.upside_down, Some(true));
    assert_eq!(labels.restart, Some(Duration::from_secs(5)));
    let said = "protocol = \"zpl\"\nfont = \"E:SIMSUN.TTF\"\n";
    let Makes::Labels(labels) = device("label-printer", said).makes else {
        panic!("a label printer");
    };
    assert_eq!(labels.font.as_deref(), Some("E:SIMSUN.TTF"));
}

#[test]
fn settings_and_printers_agree_on_the_code_pages() {
    let known = lodge_hardware::escpos::code_page::CodePage::ALL.map(|page| page.name());
    for name in known {
        let said = format!("chinese = false\ncode_page = \"{name}\"\n");
        let Makes::Receipts(printer) = device("printer", &said).makes else {
            panic!("a printer");
        };
        let word = printer.code_page.map(makes::CodePage::word);
        assert_eq!(word, Some(name));
    }
}
