//! One reading a presentation, and what is read.

use lodge_hardware::clock::Moment;
use lodge_hardware::reader::samv::{Address, Command, Document, Settings};
use lodge_hardware::reader::{NotRead, Tell};
use lodge_hardware::sim::samv::{SamvCard, SamvCommand, SamvFault, SamvSim};

use crate::bench::{Bench, join};
use crate::cards::{
    BAUD, card, documents, everything, foreigner_2023, permit, presented, resident, text,
};

#[test]
fn each_kind_of_card_put_down_is_one_presentation_however_long_it_lies() {
    for settings in [Settings::default(), everything()] {
        join(settings, |bench| {
            for document in documents() {
                bench.put_down(&document);
                bench.run(30);
                assert_eq!(bench.take_of_cards(), [presented(&document)]);
                bench.does(SamvCommand::Lift);
                bench.run(2);
            }
            bench.put_down(&documents()[0]);
            bench.run(3);
            assert_eq!(bench.take_of_cards(), [presented(&documents()[0])]);
        });
    }
}

#[test]
fn every_baud_is_fast_enough() {
    for baud in [115_200, 57_600, 38_400, 19_200, 9600] {
        let settings = Settings {
            baud,
            ..everything()
        };
        join(settings, |bench| {
            for document in documents() {
                bench.put_down(&document);
                bench.run(10);
                assert_eq!(bench.take_of_cards(), [presented(&document)], "{baud}");
            }
        });
    }
}

#[test]
fn rubbish_between_answers_is_passed_over() {
    join(everything(), |bench| {
        for document in documents() {
            bench.does(SamvCommand::Garbage(3000));
            bench.put_down(&document);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(&document)]);
        }
    });
}

#[test]
fn a_card_changed_for_another_between_two_looks_is_read() {
    join(Settings::default(), |bench| {
        for document in documents() {
            bench.put_down(&document);
            bench.run(2);
            assert_eq!(bench.take_of_cards(), [presented(&document)]);
        }
    });
}

#[test]
fn the_address_written_later_is_read_where_there_is_one() {
    let printed = resident("虚构甲");
    let latest = |latest| Document {
        address: printed
            .address
            .clone()
            .map(|address| Address { latest, ..address }),
        ..printed.clone()
    };
    let moved = latest(Some(text("无此省另一市虚构路1号")));
    for (settings, on_card, told) in [
        (everything(), &moved, &moved),
        (everything(), &printed, &printed),
        (Settings::default(), &moved, &printed),
    ] {
        join(settings, |bench| {
            bench.put_down(on_card);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(told)]);
        });
    }
}

#[test]
fn an_old_module_that_knows_no_fingerprints_is_asked_without_from_then_on() {
    join(everything(), |bench| {
        bench.does(SamvCommand::Misbehave(SamvFault::NoFingerprint, true));
        for document in documents() {
            bench.put_down(&document);
            bench.run_until_asked(Command::Read);
            bench.run(3);
            assert_eq!(bench.take_of_cards(), [presented(&document)]);
        }
        bench.put_down(&resident("虚构戊"));
        bench.run_until_asked(Command::Select);
        while bench.sim.working_on() == Some(Command::Select) || bench.sim.working_on().is_none() {
            bench.step(Moment::from_micros(u64::MAX));
        }
        assert_eq!(bench.sim.working_on(), Some(Command::Read));
    });
}

#[test]
fn another_module_on_the_same_line_is_asked_for_fingerprints_anew() {
    let mut on_line = Bench::new(everything());
    for old in [true, false] {
        on_line.sim = SamvSim::new(BAUD);
        on_line.join(|bench| {
            bench.does(SamvCommand::Misbehave(SamvFault::NoFingerprint, old));
            bench.put_down(&permit());
            bench.run_until_asked(Command::ReadWithFingerprint);
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [presented(&permit())]);
        });
    }
}

#[test]
fn lengths_come_from_the_answer() {
    for (photo, fingerprint) in [(1024, 1024), (1024, 512), (1024, 0), (0, 0), (77, 1)] {
        for settings in [Settings::default(), everything()] {
            join(settings, |bench| {
                let document = resident("虚构甲");
                let mut card = card(&document);
                (card.photo, card.fingerprint) = (photo, fingerprint);
                bench.does(SamvCommand::PutDown(card));
                bench.run(5);
                assert_eq!(bench.take_of_cards(), [presented(&document)]);
            });
        }
    }
}

#[test]
fn lengths_that_do_not_add_up_are_no_document() {
    join(Settings::default(), |bench| {
        bench.does(SamvCommand::Misbehave(SamvFault::WrongLengths, true));
        bench.put_down(&resident("虚构甲"));
        bench.run(5);
        assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Again)]);
    });
}

#[test]
fn a_number_that_does_not_hold_is_told_as_implausible_and_never_as_a_document() {
    let good = card(&resident("虚构甲")).block;
    let mut told = 0;
    for last in b'0'..=b'9' {
        let mut block = good;
        if std::mem::replace(&mut block[156], last) == last {
            continue;
        }
        join(Settings::default(), |bench| {
            bench.does(SamvCommand::PutDown(Box::new(SamvCard::with_block(block))));
            bench.run(5);
            assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::Implausible)]);
        });
        told += 1;
    }
    assert!(told >= 9);
}

#[test]
fn a_layout_that_is_switched_off_is_not_this_kind() {
    let settings = Settings {
        foreigners_2023: false,
        ..Settings::default()
    };
    join(settings, |bench| {
        bench.put_down(&foreigner_2023());
        bench.run(5);
        assert_eq!(bench.take_of_cards(), [Tell::NotRead(NotRead::NotThisKind)]);
        bench.does(SamvCommand::Lift);
        bench.run(1);
        bench.put_down(&permit());
        bench.run(5);
        assert_eq!(bench.take_of_cards(), [presented(&permit())]);
    });
}
