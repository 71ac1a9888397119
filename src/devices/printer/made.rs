//! What the settings say of a receipt printer beside its profile.

use crate::config::Device;
use crate::config::makes::{self, Makes};
use lodge_hardware::escpos::code_page::{CodePage, CodeTable};
use lodge_hardware::escpos::profile::{COLUMN_DOTS, ChineseSize, Cutter, ProcessId, Profile};
use lodge_hardware::printing::Settings;

/// How the printer of these settings is spoken to.
pub fn printer(spec: &Device) -> Settings<Profile> {
    Settings {
        adapter: spec.adapter,
        ..Settings::of(profile(spec), spec.baud)
    }
}

/// The profile of the settings with all that they say otherwise; they were checked when they were read.
fn profile(spec: &Device) -> Profile {
    let named = spec.profile.as_deref().and_then(Profile::by_name);
    let usual = named.unwrap_or_else(Profile::generic_80mm);
    let Makes::Receipts(said) = &spec.makes else {
        return usual;
    };
    Profile {
        columns: said.columns.unwrap_or(usual.columns),
        dots: said.columns.map_or(usual.dots, dots),
        chinese: said.chinese.unwrap_or(usual.chinese),
        four_byte: said.four_byte.unwrap_or(usual.four_byte),
        code_table: code_table(said, usual.code_table),
        national_set: said.national_set.or(usual.national_set),
        chinese_size: match said.large_chinese {
            Some(makes::LargeChinese::GsBang) => ChineseSize::GsBang,
            Some(makes::LargeChinese::FsBang) => ChineseSize::FsBang,
            Some(makes::LargeChinese::FsW) => ChineseSize::FsW,
            None => usual.chinese_size,
        },
        tight_chinese: said.tight_chinese.unwrap_or(usual.tight_chinese),
        cutter: match said.cutter {
            Some(makes::Cutter::None) => Cutter::None,
            Some(makes::Cutter::Full) => Cutter::Full,
            Some(makes::Cutter::Partial) => Cutter::Partial,
            Some(makes::Cutter::FeedPartial) => Cutter::FeedPartial,
            None => usual.cutter,
        },
        feed_before_cut: said.lines_to_cutter.unwrap_or(usual.feed_before_cut),
        process_id: match said.process_id {
            Some(makes::ProcessId::Yes) => ProcessId::Yes,
            Some(makes::ProcessId::No) => ProcessId::No,
            Some(makes::ProcessId::Probe) => ProcessId::Probe,
            None => usual.process_id,
        },
        restart: said.restart.unwrap_or(usual.restart),
        ..usual
    }
}

/// Dots of the paper that so many columns take. The few that may be left beside them stay white.
fn dots(columns: u8) -> u16 {
    u16::from(columns) * u16::try_from(COLUMN_DOTS).unwrap_or(u16::MAX)
}

/// The code page that was named, under the number that was named or Epson's.
fn code_table(said: &makes::Receipts, usual: CodeTable) -> CodeTable {
    let word = said.code_page.map(makes::CodePage::word);
    let page = CodePage::ALL
        .into_iter()
        .find(|page| Some(page.name()) == word);
    let Some(page) = page else {
        return usual;
    };
    let epson = page.as_epson();
    CodeTable {
        number: said.code_page_number.unwrap_or(epson.number),
        ..epson
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Protocol;
    use crate::equipment::DeviceKind;
    use std::path::PathBuf;
    use std::time::Duration;

    fn device(profile: &str, makes: makes::Receipts) -> Device {
        let port = PathBuf::from("/dev/null");
        let usual = Device::usual("slips", DeviceKind::Printer, Protocol::EscPos, port);
        Device {
            profile: Some(profile.to_owned()),
            makes: Makes::Receipts(makes),
            ..usual
        }
    }

    #[test]
    fn a_printer_of_which_nothing_is_said_is_its_profile() {
        for name in Protocol::EscPos.profiles() {
            let said = profile(&device(name, makes::Receipts::default()));
            assert_eq!(Some(said), Profile::by_name(name));
        }
    }

    #[test]
    fn what_is_said_of_a_printer_is_what_it_is_sent() {
        let said = makes::Receipts {
            columns: Some(42),
            chinese: Some(false),
            four_byte: Some(true),
            code_page: Some(makes::CodePage::Wpc1250),
            code_page_number: Some(72),
            national_set: Some(0),
            large_chinese: Some(makes::LargeChinese::FsW),
            tight_chinese: Some(true),
            cutter: Some(makes::Cutter::Full),
            lines_to_cutter: Some(6),
            process_id: Some(makes::ProcessId::No),
            restart: Some(Duration::from_millis(200)),
        };
        let said = profile(&device("epson-80mm", said));
        assert_eq!((said.columns, said.dots), (42, 504));
        let table = said.code_table;
        assert_eq!((table.page, table.number), (CodePage::Wpc1250, 72));
        assert!(!said.chinese && said.four_byte && said.tight_chinese);
        assert_eq!(said.national_set, Some(0));
        assert_eq!(said.chinese_size, ChineseSize::FsW);
        assert_eq!((said.cutter, said.feed_before_cut), (Cutter::Full, 6));
        assert_eq!(said.process_id, ProcessId::No);
        assert_eq!(said.restart, Duration::from_millis(200));
    }

    #[test]
    fn a_code_page_without_a_number_has_the_one_that_epson_gave_it() {
        let said = makes::Receipts {
            code_page: Some(makes::CodePage::Cp858),
            ..makes::Receipts::default()
        };
        let table = profile(&device("epson-80mm-western", said)).code_table;
        assert_eq!((table.page, table.number), (CodePage::Cp858, 19));
    }
}
