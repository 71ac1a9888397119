//! What the settings say of a label printer beside its profile.

use crate::config::Device;
use crate::config::makes::{self, Labels, Makes};
use lodge_hardware::label::profile::{
    BitmapFont, Characters, Language, Profile, Quotes, ScalableFont, TsplStatus,
};
use lodge_hardware::printing::Settings;
use std::borrow::Cow;

/// How the label printer of these settings is spoken to.
pub fn printer(spec: &Device) -> Settings<Profile> {
    Settings {
        adapter: spec.adapter,
        ..Settings::of(profile(spec), spec.baud)
    }
}

/// The profile of the settings with all that they say otherwise; they were checked when they were read.
fn profile(spec: &Device) -> Profile {
    let named = spec.profile.as_deref().and_then(Profile::by_name);
    let usual = named.unwrap_or_else(Profile::tspl_203dpi);
    let Makes::Labels(said) = &spec.makes else {
        return usual;
    };
    Profile {
        upside_down: said.upside_down.unwrap_or(usual.upside_down),
        language: language(said, usual.language),
        restart: said.restart.unwrap_or(usual.restart),
        ..usual
    }
}

fn language(said: &Labels, usual: Language) -> Language {
    match usual {
        Language::Tspl {
            font,
            quotes,
            status,
        } => Language::Tspl {
            font: BitmapFont {
                name: said.font.clone().map_or(font.name, Cow::Owned),
                width: said.font_dots.map_or(font.width, |(width, _)| width),
                height: said.font_dots.map_or(font.height, |(_, height)| height),
                characters: match said.font_characters {
                    Some(makes::FontCharacters::Ascii) => Characters::Ascii,
                    Some(makes::FontCharacters::Gb2312) => Characters::Gb2312,
                    Some(makes::FontCharacters::Gbk) => Characters::Gbk,
                    None => font.characters,
                },
            },
            quotes: match said.quotes {
                Some(makes::Quotes::Escaped) => Quotes::Escaped,
                Some(makes::Quotes::Never) => Quotes::Never,
                None => quotes,
            },
            status: match said.status {
                Some(makes::Status::OneByte) => TsplStatus::OneByte,
                Some(makes::Status::EightBytes) => TsplStatus::EightBytes,
                None => status,
            },
        },
        Language::Zpl { font } => Language::Zpl {
            font: ScalableFont {
                file: said.font.clone().map(Cow::Owned).or(font.file),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Protocol;
    use crate::equipment::DeviceKind;
    use std::path::PathBuf;
    use std::time::Duration;

    fn device(protocol: Protocol, name: &str, makes: Labels) -> Device {
        let port = PathBuf::from("/dev/null");
        let usual = Device::usual("labels", DeviceKind::LabelPrinter, protocol, port);
        Device {
            profile: Some(name.to_owned()),
            makes: Makes::Labels(makes),
            ..usual
        }
    }

    #[test]
    fn a_label_printer_of_which_nothing_is_said_is_its_profile() {
        for protocol in [Protocol::Tspl, Protocol::Zpl] {
            for name in protocol.profiles() {
                let said = profile(&device(protocol, name, Labels::default()));
                assert_eq!(Some(said), Profile::by_name(name));
            }
        }
    }

    #[test]
    fn what_is_said_of_a_tspl_printer_is_what_its_labels_are_made_of() {
        let said = Labels {
            font: Some("TSS16.BF2".to_owned()),
            font_dots: Some((8, 16)),
            font_characters: Some(makes::FontCharacters::Gb2312),
            quotes: Some(makes::Quotes::Never),
            status: Some(makes::Status::EightBytes),
            upside_down: Some(true),
            restart: Some(Duration::from_millis(200)),
        };
        let said = profile(&device(Protocol::Tspl, "tspl-203dpi", said));
        assert!(said.upside_down);
        assert_eq!(said.restart, Duration::from_millis(200));
        let Language::Tspl {
            font,
            quotes,
            status,
        } = said.language
        else {
            panic!("it speaks TSPL");
        };
        assert_eq!((&*font.name, font.width, font.height), ("TSS16.BF2", 8, 16));
        assert_eq!(font.characters, Characters::Gb2312);
        assert_eq!((quotes, status), (Quotes::Never, TsplStatus::EightBytes));
    }

    #[test]
    fn a_zpl_printer_writes_chinese_with_the_font_that_was_put_on_it() {
        let said = Labels {
            font: Some("E:SIMSUN.TTF".to_owned()),
            ..Labels::default()
        };
        let said = profile(&device(Protocol::Zpl, "zpl-300dpi", said));
        let Language::Zpl { font } = said.language else {
            panic!("it speaks ZPL");
        };
        assert_eq!(font.file.as_deref(), Some("E:SIMSUN.TTF"));
        assert_eq!(said.dots_per_mm, 12, "the rest is its make");
    }
}
