//! A page as it must be seen: what it says, and what its controls send.

use chrono::{NaiveDate, NaiveDateTime};
use lodge::kiosk::Touch;
use lodge::kiosk::view::*;
use lodge::lending::{KindIcon, KindId, LendRefusal, LoanId};
use lodge::people::{Bilingual, Signature};
use lodge::typing::{Field, Press, Purpose};

/// A page, what must be read on it, and what its controls send, in Chinese and in English.
pub struct Sheet {
    pub name: String,
    pub page: Page,
    pub notices: Vec<Notice>,
    pub countdown: Option<u32>,
    pub writing: Option<Writing>,
    pub strokes: Signature,
    pub slip: Option<SlipStage>,
    pub reception: Reception,
    pub says: [Vec<String>; 2],
    pub controls: Vec<([&'static str; 2], Touch)>,
}

pub const BACK: ([&str; 2], Touch) = (["返回", "Back"], Touch::Back);
pub const END: ([&str; 2], Touch) = (["结束", "End"], Touch::End);
pub const DONE: ([&str; 2], Touch) = (["完成", "Done"], Touch::End);
pub const LANGUAGE: ([&str; 2], Touch) = (["English", "中文"], Touch::OtherLanguage);
pub const COMFORT: ([&str; 2], Touch) = (["大字 · 低位", "Large · low"], Touch::Comfort);
pub const CALL: ([&str; 2], Touch) = (["呼叫前台", "Call the desk"], Touch::CallDesk);
pub const TYPE: ([&str; 2], Touch) = (["输入编号", "Type number"], Touch::TypeInstead);
pub const TYPE_CARD: ([&str; 2], Touch) = (["输入卡号", "Type card number"], Touch::TypeInstead);

pub fn sheet(
    name: impl Into<String>,
    page: Page,
    zh: &[&str],
    en: &[&str],
    controls: &[([&'static str; 2], Touch)],
) -> Sheet {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let mut controls = controls.to_vec();
    controls.extend([LANGUAGE, COMFORT, CALL]);
    Sheet {
        name: name.into(),
        page,
        notices: vec![],
        countdown: None,
        writing: None,
        strokes: Signature::default(),
        slip: None,
        reception: Reception::default(),
        says: [owned(zh), owned(en)],
        controls,
    }
}

/// The keyboard with these keys pressed.
pub fn writing(purpose: Purpose, keys: &str) -> Writing {
    let mut field = Field::new(purpose);
    for key in keys.chars() {
        field.press(Press::Key(key));
    }
    Writing {
        purpose,
        text: field.text().to_owned(),
        composing: field.composing().to_owned(),
        candidates: field.candidates(),
        more: field.more(),
        mode: field.mode(),
        capital: field.capital(),
        rows: field.keys(),
    }
}

/// A moment of the books that the clock on the wall shows like this.
pub fn moment(day: u32, hour: u32, minute: u32) -> chrono::DateTime<chrono::Utc> {
    (at(day, hour, minute) - chrono::TimeDelta::hours(8)).and_utc()
}

pub fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, day)
        .and_then(|day| day.and_hms_opt(hour, minute, 0))
        .expect("a real moment")
}

pub fn loan_id(number: u128) -> LoanId {
    LoanId(uuid::Uuid::from_u128(number))
}

pub fn kind(name: &str) -> KindId {
    KindId(name.to_owned())
}

pub fn umbrella(label: Option<&str>) -> Thing {
    Thing {
        name: Bilingual::new("爱心伞", "Umbrella"),
        icon: KindIcon::Umbrella,
        label: label.map(str::to_owned),
    }
}

pub fn laptop() -> Thing {
    Thing {
        name: Bilingual::new("笔记本电脑", "Laptop"),
        icon: KindIcon::Laptop,
        label: Some("PC-03".into()),
    }
}

pub fn loan(
    number: u128,
    thing: Thing,
    due: NaiveDateTime,
    late: bool,
    give_back: bool,
) -> LoanLine {
    let Thing { name, icon, label } = thing;
    LoanLine {
        loan: loan_id(number),
        name,
        icon,
        label,
        due,
        late,
        give_back,
        renew: false,
    }
}

fn offer(id: &str, called: [&str; 2], icon: KindIcon, free: u32) -> Offer {
    Offer {
        kind: kind(id),
        name: Bilingual::new(called[0], called[1]),
        icon,
        free,
        scan: false,
        refused: None,
    }
}

/// More kinds than a lying panel has room for in large letters.
pub fn many_offers() -> Vec<Offer> {
    let more = [
        offer(
            "station",
            ["大堂电脑", "Lobby computer"],
            KindIcon::Laptop,
            1,
        ),
        offer("projector", ["投影仪", "Projector"], KindIcon::Package, 1),
        offer("helmet", ["安全帽", "Safety helmet"], KindIcon::Package, 20),
        offer(
            "shoe-cover",
            ["纸鞋套", "Paper shoe covers"],
            KindIcon::Package,
            90,
        ),
    ];
    offers().into_iter().chain(more).collect()
}

pub fn offers() -> Vec<Offer> {
    let offer = |id: &str, zh: &str, en: &str, icon, free, scan, refused| Offer {
        scan,
        refused,
        ..offer(id, [zh, en], icon, free)
    };
    let out = Some(LendRefusal::NoneLeft {
        kind: kind("wheelchair"),
    });
    vec![
        offer(
            "umbrella",
            "爱心伞",
            "Umbrella",
            KindIcon::Umbrella,
            12,
            false,
            None,
        ),
        offer(
            "pc",
            "笔记本电脑",
            "Laptop",
            KindIcon::Laptop,
            2,
            true,
            None,
        ),
        offer(
            "trolley",
            "手推车",
            "Hand trolley",
            KindIcon::Trolley,
            1,
            true,
            None,
        ),
        offer(
            "wheelchair",
            "轮椅",
            "Wheelchair",
            KindIcon::Wheelchair,
            0,
            true,
            out,
        ),
    ]
}

pub fn kinds() -> Vec<([&'static str; 2], Touch)> {
    vec![
        (["爱心伞", "Umbrella"], Touch::Kind(kind("umbrella"))),
        (["笔记本电脑", "Laptop"], Touch::Kind(kind("pc"))),
        (["手推车", "Hand trolley"], Touch::Kind(kind("trolley"))),
        (["轮椅", "Wheelchair"], Touch::Kind(kind("wheelchair"))),
    ]
}

/// The controls of the others of `many_offers`.
pub fn more_kinds() -> Vec<([&'static str; 2], Touch)> {
    vec![
        (["大堂电脑", "Lobby computer"], Touch::Kind(kind("station"))),
        (["投影仪", "Projector"], Touch::Kind(kind("projector"))),
        (["安全帽", "Safety helmet"], Touch::Kind(kind("helmet"))),
        (
            ["纸鞋套", "Paper shoe covers"],
            Touch::Kind(kind("shoe-cover")),
        ),
    ]
}

pub const LONG_ZH: &str = "云杉国际供应链管理咨询（上海）有限公司北京分公司";
pub const LONG_EN: &str = "Northern Spruce International Logistics (Asia)";
