//! Cards of people who never were, and all that a SAM_V module is asked.

use lodge_hardware::reader::samv::{
    Address, Card, CardText, Command, Date, Document, EthnicGroup, IdNumber, Nationality, Number,
    PermitNumber, Settings, Sex, ValidUntil, check_character,
};
use lodge_hardware::reader::{Certainty, Credential, Presentation, Tell};
use lodge_hardware::sim::samv::SamvCard;

pub const BAUD: u32 = 115_200;

pub fn text(text: &str) -> CardText {
    CardText::new(text).unwrap()
}

pub fn date(digits: &str) -> Date {
    Date::from_digits(digits).unwrap()
}

/// 17 digits and their check.
pub fn number(digits: &str) -> IdNumber {
    IdNumber::new(&format!("{digits}{}", check_character(digits).unwrap())).unwrap()
}

/// A resident of region 999999, which there is not.
pub fn resident(name: &str) -> Document {
    Document {
        name: text(name),
        sex: Sex::Male,
        born: date("19900101"),
        number: Number::Id(number("99999919900101001")),
        address: Some(Address {
            printed: text("无此省无此市虚构路0号"),
            latest: None,
        }),
        authority: Some(text("无此市公安局")),
        valid_from: date("20200101"),
        valid_until: ValidUntil::Day(date("20400101")),
        card: Card::Resident {
            ethnic_group: EthnicGroup::new(1),
        },
    }
}

/// Born in 2150 by its number, whose beginning is a real one.
pub fn permit() -> Document {
    Document {
        number: Number::Id(number("81000021500101002")),
        sex: Sex::Female,
        card: Card::HongKongMacaoTaiwan {
            travel_permit: text("X00000000"),
            times_issued: Some(2),
        },
        ..resident("虚构乙")
    }
}

pub fn foreigner_2017() -> Document {
    Document {
        number: Number::Permit(PermitNumber::new("XXA999990010100").unwrap()),
        address: None,
        authority: Some(text("0000")),
        card: Card::Foreigner2017 {
            english_name: text("NOBODY, MADE UP"),
            nationality: Nationality::new("XXA").unwrap(),
            version: text("01"),
        },
        ..resident("虚构丙")
    }
}

/// Its English name fills the first field to its last character and runs on in the second.
pub fn foreigner_2023() -> Document {
    Document {
        number: Number::Id(number("99999919900101003")),
        address: None,
        authority: None,
        card: Card::Foreigner2023 {
            english_name: text("NOBODY-OF-NOWHERE, ENTIRELY-MADE-U PFORATEST"),
            nationality: Nationality::new("XXA").unwrap(),
            times_renewed: Some(1),
            old_number: text("A00"),
        },
        ..resident("虚构丁")
    }
}

/// One of each kind.
pub fn documents() -> [Document; 4] {
    [
        resident("虚构·甲"),
        permit(),
        foreigner_2017(),
        foreigner_2023(),
    ]
}

pub fn card(document: &Document) -> Box<SamvCard> {
    Box::new(SamvCard::of(document).unwrap())
}

pub fn presented(document: &Document) -> Tell {
    Tell::Presented(Presentation {
        credential: Credential::Document(Box::new(document.clone())),
        certainty: Certainty::Authenticated,
    })
}

/// Every command there is, all switched on.
pub fn everything() -> Settings {
    Settings {
        with_fingerprint: true,
        latest_address: true,
        radio_frame: Some(0x50),
        ..Settings::default()
    }
}

/// All that a module is asked under [`everything`], in order; the last four for each card.
pub const STEPS: [Command; 8] = [
    Command::Reset,
    Command::Status,
    Command::SamNumber,
    Command::RadioFrame(0x50),
    Command::Find,
    Command::Select,
    Command::ReadWithFingerprint,
    Command::ReadLatestAddress,
];
