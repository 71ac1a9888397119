//! A SAM_V module's driver and its simulator joined in memory, and cards of people who never were.

use std::sync::atomic::Ordering;
use std::time::Duration;

use lodge_hardware::activity::Activity;
use lodge_hardware::clock::Moment;
use lodge_hardware::link::memory::{MemoryLine, MemoryLink, pair};
use lodge_hardware::port::{Conversation, Inbox, PortCounters, Told, mailbox};
use lodge_hardware::reader::samv::{
    Address, Card, CardText, Command, Date, Document, EthnicGroup, IdNumber, Nationality, Number,
    PermitNumber, Samv, Settings, Sex, ValidUntil, check_character,
};
use lodge_hardware::reader::{Ask, Certainty, Credential, Presentation, Tell};
use lodge_hardware::sim::Simulator;
use lodge_hardware::sim::samv::{SamvCard, SamvCommand, SamvSim};

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

/// A line that is up.
pub struct Bench<'a> {
    talk: Option<Conversation<'a, Samv>>,
    far: MemoryLink,
    pub line: MemoryLine,
    pub sim: &'a mut SamvSim,
    pub now: Moment,
    pub told: Vec<Tell>,
    counters: &'a PortCounters,
    inbox: Inbox<Ask>,
}

/// Opens a line with a fresh driver, does things over it, and closes it.
pub fn join<R>(settings: Settings, doing: impl FnOnce(&mut Bench) -> R) -> R {
    let mut sim = SamvSim::new(settings.baud);
    join_with(&mut Samv::new(settings), &mut sim, doing)
}

pub fn join_with<R>(samv: &mut Samv, sim: &mut SamvSim, doing: impl FnOnce(&mut Bench) -> R) -> R {
    let (_mailbox, inbox) = mailbox(&Activity::new()).unwrap();
    let (counters, now) = (PortCounters::default(), Moment::from_micros(1_000_000));
    let (mut near, far, line) = pair();
    let talk = Conversation::open(&mut near, samv, &counters, now).unwrap();
    let mut bench = Bench {
        talk: Some(talk),
        far,
        line,
        sim,
        now,
        told: Vec::new(),
        counters: &counters,
        inbox,
    };
    let result = doing(&mut bench);
    bench.close();
    result
}

impl Bench<'_> {
    pub fn does(&mut self, command: SamvCommand) {
        self.sim.command(self.now, command);
    }

    pub fn put_down(&mut self, document: &Document) {
        self.does(SamvCommand::PutDown(card(document)));
    }

    fn close(&mut self) {
        if let Some(talk) = self.talk.take() {
            let tells = &mut self.told;
            talk.close(self.now, &mut |told| keep(tells, told));
        }
    }

    /// Turns on both ends until neither has anything more to say now; false when the line is lost.
    fn turn(&mut self) -> bool {
        loop {
            let Some(talk) = self.talk.as_mut() else {
                return false;
            };
            let before = moved(self.counters);
            self.sim.pump(self.now, &mut self.far);
            let tells = &mut self.told;
            if talk
                .turn(self.now, &self.inbox, &mut |told| keep(tells, told))
                .is_err()
            {
                self.close();
                return false;
            }
            if moved(self.counters) == before {
                return true;
            }
        }
    }

    /// One turn on both ends, then on to the next thing that is due, until `end` at most.
    pub fn step(&mut self, end: Moment) -> bool {
        if !self.turn() {
            return false;
        }
        let talk = self.talk.as_ref().and_then(Conversation::due);
        let due = [talk, self.sim.due()].into_iter().flatten().min();
        self.now = due.map_or(end, |due| due.max(self.now)).min(end);
        self.now < end
    }

    pub fn run(&mut self, seconds: u64) {
        self.run_ms(1000 * seconds);
    }

    pub fn run_ms(&mut self, millis: u64) {
        let end = self.now + Duration::from_millis(millis);
        while self.step(end) {}
        self.turn();
    }

    /// Steps until the module is asked this and has not answered.
    pub fn run_until_asked(&mut self, command: Command) {
        let end = self.now + Duration::from_secs(60);
        while self.sim.working_on() != Some(command) {
            assert!(self.step(end), "never asked {command:?}");
        }
    }

    /// What was told since this was last asked.
    pub fn take_told(&mut self) -> Vec<Tell> {
        std::mem::take(&mut self.told)
    }

    /// What was told of cards since this was last asked.
    pub fn take_of_cards(&mut self) -> Vec<Tell> {
        let of_cards = |tell: &Tell| matches!(tell, Tell::Presented(_) | Tell::NotRead(_));
        self.take_told().into_iter().filter(of_cards).collect()
    }
}

/// How many bytes went over the line, either way.
fn moved(counters: &PortCounters) -> u64 {
    let bytes = [&counters.bytes_read, &counters.bytes_written];
    bytes.map(|bytes| bytes.load(Ordering::SeqCst)).iter().sum()
}

fn keep(tells: &mut Vec<Tell>, told: Told<Tell>) {
    if let Told::Tell(tell) = told {
        tells.push(tell);
    }
}
