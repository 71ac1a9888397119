//! A message for a host who is out.

use super::super::sheet::*;
use super::super::visit_parts::*;
use lodge::kiosk::Touch;
use lodge::people::{Bilingual, PersonId};
use lodge::typing::Purpose;
use lodge::visits::flow::{Sender, Speaker, Stage, Touch as VisitTouch};
use uuid::Uuid;

fn speaker(zh: &str, en: &str) -> Speaker {
    Speaker {
        sender: Sender::Person(PersonId(Uuid::from_u128(9))),
        masked: Bilingual::new(zh, en),
    }
}

fn from(name: &str, speaker: Option<Speaker>, controls: &[([&'static str; 2], Touch)]) -> Sheet {
    let stage = Stage::MessageFrom {
        from: Box::new(gone(None)),
        host: host(),
        speaker,
        typed: String::new(),
    };
    let mut sheet = sheet(
        name,
        page(stage),
        &["您的姓名", "给 欧阳*岚 的留言"],
        &["Your name", "A message for Ouyang X."],
        &[&[NEXT][..], controls, &[BACK, END]].concat(),
    );
    sheet.writing = Some(writing(Purpose::PersonName, "shan"));
    sheet
}

pub fn sheets() -> Vec<Sheet> {
    let mut words = sheet(
        "visits-message",
        page(Stage::Message {
            from: Box::new(gone(None)),
            host: host(),
            speaker: None,
            sender: "单晓".into(),
            typed: String::new(),
        }),
        &["给 欧阳*岚 的留言"],
        &["A message for Ouyang X."],
        &[NEXT, BACK, END],
    );
    words.writing = Some(writing(Purpose::FreeText, "qing"));
    let myself = |labels| (labels, Touch::Visits(VisitTouch::Myself));
    vec![
        words,
        from("visits-message-from", None, &[]),
        from(
            "visits-message-from-known",
            Some(speaker("单*", "Shan X.")),
            &[myself(["我是 单*", "I am Shan X."])],
        ),
        from(
            "visits-message-from-long",
            Some(speaker("阿卜杜热合曼江·买买提", "Bartholomew-James F.")),
            &[myself(["我是 阿卜杜热合曼…", "I am Bartholomew-…"])],
        ),
    ]
}
