//! Everything a module may answer at every step (hardware.md §4.2).

use std::collections::HashSet;

use lodge_hardware::clock::Moment;
use lodge_hardware::link::Link;
use lodge_hardware::link::memory::pair;
use lodge_hardware::reader::samv::{Command, Outcome, Settings};
use lodge_hardware::reader::{NotRead, Tell, Trouble};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::samv::{SamvCommand, SamvFault, SamvSim};

use crate::bench::join;
use crate::bytes::hex;
use crate::cards::{BAUD, STEPS, card, everything, permit, presented, resident};

#[test]
fn every_status_at_every_step_is_told_once_and_the_next_card_is_read() {
    let mut seen = HashSet::new();
    for code in 0..=u8::MAX {
        let outcome = Outcome::from_code(code);
        assert_eq!(outcome.code(), code);
        assert!(seen.insert(outcome.code()));
        if matches!(outcome, Outcome::Other(_)) && code % 64 != 5 {
            continue;
        }
        for step in STEPS {
            refused_at(step, outcome);
        }
    }
}

fn refused_at(step: Command, outcome: Outcome) {
    let document = resident("虚构甲");
    let again = NotRead::Again;
    let expected = match (step, outcome) {
        (Command::Select | Command::ReadWithFingerprint, _) => Some(match outcome {
            Outcome::WrongKind => NotRead::NotThisKind,
            Outcome::CardRefusesModule | Outcome::ModuleRefusesCard | Outcome::InformationCheck => {
                NotRead::NotGenuine
            }
            _ => again,
        }),
        _ => None,
    };
    join(everything(), |bench| {
        bench.does(SamvCommand::Misbehave(
            SamvFault::Refuse(step, outcome),
            true,
        ));
        bench.put_down(&document);
        bench.run(12);
        let told = bench.take_of_cards();
        match (step, outcome) {
            (Command::ReadWithFingerprint, Outcome::UnknownCommand) => {
                // Tried without fingerprints, of a card that this simulator takes for spent.
                assert_eq!(told, [Tell::NotRead(again)]);
            }
            (Command::Find, _) => assert!(told.is_empty(), "{step:?} {outcome:?} {told:?}"),
            _ => match expected {
                Some(reason) => assert_eq!(told, [Tell::NotRead(reason)], "{step:?} {outcome:?}"),
                None => assert_eq!(told, [presented(&document)], "{step:?} {outcome:?}"),
            },
        }
        bench.does(SamvCommand::Misbehave(
            SamvFault::Refuse(step, outcome),
            false,
        ));
        bench.does(SamvCommand::Lift);
        bench.run(5);
        bench.take_told();
        bench.put_down(&permit());
        bench.run(5);
        assert_eq!(
            bench.take_of_cards(),
            [presented(&permit())],
            "{step:?} {outcome:?}"
        );
    });
}

#[test]
fn a_module_that_is_not_well_says_so_once_until_it_is() {
    for (outcome, trouble) in [
        (Outcome::SelfTestFailed, Trouble::SelfTestFailed),
        (Outcome::NotAuthorised, Trouble::NotAuthorised),
        (Outcome::NoPermission, Trouble::NoPermission),
    ] {
        join(Settings::default(), |bench| {
            for step in [Command::Status, Command::Find] {
                let fault = SamvFault::Refuse(step, outcome);
                bench.does(SamvCommand::Misbehave(fault, true));
            }
            bench.run(10);
            let told = bench.take_told();
            let number = "SAM_V 05.03-20991231-0001234567-0007654321";
            let identity = Tell::Identity(number.to_owned());
            let ails = Tell::Trouble(Some(trouble));
            assert_eq!(told, [Tell::Answering(true), ails, identity]);
            for step in [Command::Status, Command::Find] {
                let fault = SamvFault::Refuse(step, outcome);
                bench.does(SamvCommand::Misbehave(fault, false));
            }
            bench.put_down(&permit());
            bench.run(3);
            let well = Tell::Trouble(None);
            assert_eq!(bench.take_told(), [well, presented(&permit())]);
        });
    }
}

#[test]
fn a_module_that_is_well_again_is_so_without_any_card() {
    join(Settings::default(), |bench| {
        for (step, after) in [(Command::Find, 2), (Command::Status, 8)] {
            let fault = SamvFault::Refuse(step, Outcome::SelfTestFailed);
            bench.does(SamvCommand::Power(false));
            bench.run(5);
            bench.does(SamvCommand::Misbehave(fault, true));
            bench.does(SamvCommand::Power(true));
            bench.run(20);
            let ails = Tell::Trouble(Some(Trouble::SelfTestFailed));
            let told = bench.take_told();
            assert_eq!(
                told.iter().filter(|tell| **tell == ails).count(),
                1,
                "{told:?}"
            );
            bench.does(SamvCommand::Misbehave(fault, false));
            bench.run(after);
            assert_eq!(bench.take_told(), [Tell::Trouble(None)], "{step:?}");
        }
    });
}

#[test]
fn a_module_holds_to_its_order_whoever_asks() {
    let mut sim = SamvSim::new(BAUD);
    let (mut near, mut far, _) = pair();
    let mut now = Moment::from_micros(1_000_000);
    sim.command(now, SamvCommand::PutDown(card(&resident("虚构甲"))));
    let mut outcome = |request: &[u8]| {
        near.write(request).unwrap();
        sim.pump(now, &mut far);
        while let Some(due) = sim.due() {
            now = due;
            sim.pump(now, &mut far);
        }
        let mut answer = [0; 4096];
        assert!(near.read(&mut answer).unwrap() >= 11);
        Outcome::from_code(answer[9])
    };
    for (command, expected) in [
        (Command::Select, Outcome::NotSelected),
        (Command::Read, Outcome::ReadFailed),
        (Command::Find, Outcome::Found),
        (Command::Read, Outcome::ReadFailed),
        (Command::Find, Outcome::NotFound),
    ] {
        assert_eq!(outcome(&command.bytes()), expected, "{command:?}");
    }
    for (request, expected) in [
        ("AA AA AA 96 69 00 03 20 01 23", Outcome::RequestCheck),
        ("AA AA AA 96 69 01 03 20 01 22", Outcome::RequestLength),
        ("AA AA AA 96 69 00 03 77 01 75", Outcome::UnknownCommand),
        ("00 AA AA AA 96 69 00 03 20 01 22", Outcome::NotFound),
    ] {
        assert_eq!(outcome(&hex(request)), expected, "{request}");
    }
}
