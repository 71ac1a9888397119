//! OSDP readers: which of them are believed, and how one is given its key (hardware.md §5.3).

#[path = "support/osdp.rs"]
mod support;

use std::time::Duration;

use lodge_hardware::reader::osdp::Settings;
use lodge_hardware::reader::{Ask, Certainty, Distrust, Signal, Tell, Trust};
use lodge_hardware::sim::osdp::{GivenAKey, Lamp, OsdpCommand, OsdpReader};
use support::*;

const OWN_KEY: Tell = Tell::Trust(Trust::OwnKey);
const DEFAULT_KEY: Tell = Tell::Trust(Trust::DefaultKey);
const CLEAR_TEXT: Tell = Tell::Trust(Trust::ClearText);

/// What is told of trust in half a minute, with a card held up throughout.
fn trust_in(settings: Settings, reader: OsdpReader) -> (Vec<Trust>, Vec<Tell>) {
    let mut bench = Bench::new(settings, reader);
    bench.join(|joined| {
        joined.does(OsdpCommand::Present(card(77)));
        joined.run_seconds(30);
        (of_trust(&joined.told), of_cards(&joined.told))
    })
}

#[test]
fn every_reader_is_believed_only_as_far_as_the_site_allows() {
    use Distrust::{DefaultKey, NoKey, NoSecureChannel, WrongKey};
    let no_key = Settings {
        key: None,
        ..keyed()
    };
    let default_key = Settings {
        allow_default_key: true,
        ..keyed()
    };
    let clear_text = Settings {
        allow_clear_text: true,
        ..keyed()
    };
    let only_default = Settings {
        key: None,
        ..default_key.clone()
    };
    let only_clear = Settings {
        key: None,
        ..clear_text.clone()
    };
    let other = || new_reader().with_key(other_key());
    let believed = Certainty::Authenticated;
    for (settings, reader, trust, certainty) in [
        (keyed(), keyed_reader(), Trust::OwnKey, Some(believed)),
        (keyed(), new_reader(), Trust::Refused(DefaultKey), None),
        (keyed(), other(), Trust::Refused(WrongKey), None),
        (
            keyed(),
            clear_reader(),
            Trust::Refused(NoSecureChannel),
            None,
        ),
        (no_key.clone(), keyed_reader(), Trust::Refused(NoKey), None),
        (no_key.clone(), new_reader(), Trust::Refused(NoKey), None),
        (no_key, clear_reader(), Trust::Refused(NoKey), None),
        (
            default_key.clone(),
            keyed_reader(),
            Trust::OwnKey,
            Some(believed),
        ),
        (
            default_key.clone(),
            new_reader(),
            Trust::DefaultKey,
            Some(Certainty::Checked),
        ),
        (default_key.clone(), other(), Trust::Refused(WrongKey), None),
        (
            default_key,
            clear_reader(),
            Trust::Refused(NoSecureChannel),
            None,
        ),
        (
            only_default.clone(),
            new_reader(),
            Trust::DefaultKey,
            Some(Certainty::Checked),
        ),
        (only_default, other(), Trust::Refused(WrongKey), None),
        (
            clear_text.clone(),
            keyed_reader(),
            Trust::OwnKey,
            Some(believed),
        ),
        (
            clear_text.clone(),
            new_reader(),
            Trust::ClearText,
            Some(Certainty::Checked),
        ),
        (clear_text.clone(), other(), Trust::Refused(WrongKey), None),
        (
            clear_text,
            clear_reader(),
            Trust::ClearText,
            Some(Certainty::Checked),
        ),
        (
            only_clear.clone(),
            clear_reader(),
            Trust::ClearText,
            Some(Certainty::Checked),
        ),
        (
            only_clear,
            keyed_reader(),
            Trust::Refused(NoSecureChannel),
            None,
        ),
        (
            anything(),
            new_reader(),
            Trust::DefaultKey,
            Some(Certainty::Checked),
        ),
        (
            anything(),
            clear_reader(),
            Trust::ClearText,
            Some(Certainty::Checked),
        ),
    ] {
        let what = format!("{settings:?} {reader:?}");
        let (told, cards) = trust_in(settings, reader);
        assert_eq!(told, [trust], "{what}");
        let read = certainty.map(|certainty| presented(card(77), certainty));
        assert_eq!(cards, Vec::from_iter(read), "{what}");
    }
}

#[test]
fn a_reader_is_given_its_key_only_when_the_installer_asks() {
    let mut bench = Bench::new(keyed(), new_reader());
    bench.join(|joined| {
        joined.until(&refused(Distrust::DefaultKey));
        joined.run_seconds(60);
        assert_eq!(joined.sim.reader().key, None, "nobody asked");
        joined.ask(Ask::InstallKey);
        joined.until(&OWN_KEY);
        assert_eq!(joined.sim.reader().key, Some(key()));
        joined.reads(8, Certainty::Authenticated);

        // Done is done: the next reader is not given it.
        joined.does(OsdpCommand::Replace(new_reader()));
        joined.until(&refused(Distrust::DefaultKey));
        joined.run_seconds(60);
        assert_eq!(joined.sim.reader().key, None);
    });
}

#[test]
fn an_installer_who_asked_in_vain_is_told_why_and_must_ask_again() {
    let with_default = Settings {
        allow_default_key: true,
        ..keyed()
    };
    let other = new_reader().with_key(other_key());
    for (settings, reader, answer) in [
        (keyed(), other, refused(Distrust::WrongKey)),
        (keyed(), clear_reader(), refused(Distrust::NoSecureChannel)),
        (keyed(), keyed_reader(), OWN_KEY),
        (
            Settings {
                key: None,
                ..keyed()
            },
            new_reader(),
            refused(Distrust::NoKey),
        ),
        (
            Settings {
                key: None,
                ..with_default
            },
            new_reader(),
            DEFAULT_KEY,
        ),
        (anything(), clear_reader(), CLEAR_TEXT),
    ] {
        let mut bench = Bench::new(settings, reader.clone());
        bench.join(|joined| {
            joined.until(&answer);
            joined.run_seconds(20);
            assert_eq!(of_trust(&joined.told), []);
            joined.ask(Ask::InstallKey);
            joined.until(&answer);
            assert_eq!(joined.sim.reader(), &reader);
            joined.does(OsdpCommand::Replace(new_reader()));
            joined.run_seconds(90);
            assert_eq!(joined.sim.reader().key, None, "{answer:?}");
        });
    }
}

#[test]
fn an_installers_wish_does_not_outlive_a_minute_of_silence() {
    let mut bench = Bench::new(keyed(), new_reader());
    bench.join(|joined| {
        joined.does(OsdpCommand::Power(false));
        joined.until(&Tell::Answering(false));
        joined.ask(Ask::InstallKey);
        joined.run_seconds(61);
        joined.does(OsdpCommand::Power(true));
        joined.until(&refused(Distrust::DefaultKey));
        joined.run_seconds(30);
        assert_eq!(joined.sim.reader().key, None);
        joined.does(OsdpCommand::Power(false));
        joined.until(&Tell::Answering(false));
        joined.ask(Ask::InstallKey);
        joined.run_seconds(30);
        joined.does(OsdpCommand::Power(true));
        joined.until(&OWN_KEY);
    });
}

#[test]
fn a_reader_that_speaks_over_the_default_key_is_given_its_own_without_a_pause() {
    let settings = Settings {
        allow_default_key: true,
        ..keyed()
    };
    let mut bench = Bench::new(settings, new_reader());
    bench.join(|joined| {
        joined.until(&DEFAULT_KEY);
        joined.ask(Ask::InstallKey);
        joined.until(&OWN_KEY);
        joined.reads(8, Certainty::Authenticated);
    });
}

#[test]
fn a_reader_that_is_not_believed_shows_nothing_and_keeps_no_signal_for_later() {
    let mut bench = Bench::new(keyed(), new_reader());
    bench.join(|joined| {
        joined.until(&refused(Distrust::DefaultKey));
        joined.ask(Ask::Signal(Signal::Granted));
        joined.run_seconds(5);
        joined.ask(Ask::InstallKey);
        joined.until(&OWN_KEY);
        joined.run_seconds(1);
        assert_eq!(
            (joined.front().lamp, joined.front().sounding),
            (Lamp::Blue, false)
        );
    });
}

#[test]
fn a_reader_that_refuses_its_key_or_forgets_it_at_once_is_refused() {
    for (given_a_key, why) in [
        (GivenAKey::Refuses, Distrust::KeyNotTaken),
        (GivenAKey::Forgets, Distrust::DefaultKey),
    ] {
        let reader = OsdpReader {
            given_a_key,
            ..new_reader()
        };
        let mut bench = Bench::new(keyed(), reader);
        bench.join(|joined| {
            joined.until(&refused(Distrust::DefaultKey));
            joined.ask(Ask::InstallKey);
            joined.until(&refused(why));
            joined.does(OsdpCommand::Present(card(1)));
            joined.run_seconds(30);
            assert_eq!(of_cards(&joined.told), []);
            assert_eq!(joined.sim.untold(), 1, "it is not even polled");
        });
    }
}

#[test]
fn a_channel_for_the_installer_is_never_read_from_whenever_his_minute_ends() {
    let mut ended_within = 0;
    // He asks at any moment between two knocks at a reader that is not there; it comes back a
    // second before his minute ends.
    for later in (0..900).step_by(10) {
        let mut bench = Bench::new(keyed(), new_reader());
        bench.join(|joined| {
            joined.does(OsdpCommand::Power(false));
            joined.until(&Tell::Answering(false));
            let mut last_knock = *joined.now;
            while *joined.now - last_knock < Duration::from_millis(900) {
                last_knock = *joined.now;
                joined.step();
            }
            *joined.now = last_knock + Duration::from_millis(later);
            joined.ask(Ask::InstallKey);
            joined.run_seconds(59);
            joined.does(OsdpCommand::Power(true));
            joined.does(OsdpCommand::Present(card(1)));
            joined.run_seconds(10);
            let kept = joined.sim.reader().key.is_some();
            let believed = joined.told.contains(&OWN_KEY);
            assert_eq!(kept, believed, "{later}");
            assert_eq!(!of_cards(&joined.told).is_empty(), believed, "{later}");
            ended_within += u32::from(!believed);
        });
    }
    assert!((5..85).contains(&ended_within), "{ended_within}");
}
