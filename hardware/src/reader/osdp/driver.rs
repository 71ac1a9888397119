//! The dialogue: who speaks when, and what is believed.

use std::collections::VecDeque;
use std::time::Duration;

use osdp::Sqn;
use osdp::command::Command;
use osdp::packet::ParsedPacket;
use osdp::reply::{Nak, NakErrorCode, Reply, ReplyCode};

use super::channel::{Channel, KeyKind, Manner, Opened};
use super::course::Step;
use super::exchange::Exchange;
use super::frame::Hearing;
use super::signal::{self, Abilities};
use super::{Seed, Settings};
use crate::clock::Moment;
use crate::dialogue::{Dialogue, Line};
use crate::reader::{Ask, Distrust, Tell, Trouble, Trust};

/// A reader is spoken to this long after its last reply (§5.2).
pub const POLL_EVERY: Duration = Duration::from_millis(50);

/// A reader that has given no answer for this long is told as not answering (§5.2).
pub const SILENCE: Duration = Duration::from_secs(8);

/// One that does not answer is asked this often.
pub(super) const KNOCK_EVERY: Duration = Duration::from_secs(1);

/// One that is refused is asked again after this.
const REFUSED_FOR: Duration = Duration::from_secs(2);

/// A busy one is asked again after this.
const BUSY: Duration = Duration::from_millis(200);

/// A session that broke off begins again after this.
const BREATH: Duration = Duration::from_millis(200);

/// What an installer asked for is done within this, or not at all: a reader that turns up later may
/// be another one.
const INSTALL_WITHIN: Duration = Duration::from_secs(60);

/// The dialogue with one OSDP reader.
pub struct Osdp {
    pub(super) settings: Settings,
    pub(super) seed: Seed,
    hearing: Hearing,
    pub(super) channel: Channel,
    pub(super) sequence: Sqn,
    pub(super) step: Step,
    waiting: Waiting,
    /// When the reader last gave an answer, or the line was opened.
    answered: Moment,
    answers: Option<bool>,
    pub(super) trust: Option<Trust>,
    pub(super) identity: Option<String>,
    /// What it says is wrong with it.
    pub(super) trouble: Option<Trouble>,
    pub(super) abilities: Abilities,
    /// Lamp and buzzer commands not said yet.
    shows: VecDeque<Command>,
    install_until: Option<Moment>,
    /// Channels that were begun since one was last open, and came to nothing.
    pub(super) broken_off: u8,
    /// Whether a key did not fit since the handshake began.
    pub(super) wrong_key: bool,
}

enum Waiting {
    /// The line is closed.
    Closed,
    /// The next command is said then.
    Until(Moment),
    /// For a reply.
    Reply(Exchange),
    /// The same command is said again then.
    Again(Exchange, Moment),
}

impl Osdp {
    /// A reader not spoken to yet.
    #[must_use]
    pub fn new(settings: Settings, seed: Seed) -> Self {
        Self {
            hearing: Hearing::of_replies(settings.address),
            settings,
            seed,
            channel: Channel::Clear,
            sequence: Sqn::ZERO,
            step: Step::Hello,
            waiting: Waiting::Closed,
            answered: Moment::ORIGIN,
            answers: None,
            trust: None,
            identity: None,
            trouble: None,
            abilities: Abilities::UNKNOWN,
            shows: VecDeque::new(),
            install_until: None,
            broken_off: 0,
            wrong_key: false,
        }
    }

    /// Whether the reader is to be given its key now.
    pub(super) fn installs(&self, now: Moment) -> bool {
        self.settings.key.is_some() && self.install_until.is_some_and(|until| now < until)
    }

    /// What was asked of the installer's has been done, or cannot be done.
    pub(super) fn installed(&mut self) {
        self.install_until = None;
    }

    /// Tells how far the reader is believed, if that is news.
    pub(super) fn trust(&mut self, trust: Trust, line: &mut Line<Tell>) {
        self.broken_off = 0;
        if self.trust.replace(trust) != Some(trust) {
            line.tell(Tell::Trust(trust));
            // It says so once, and may have been believed less since.
            self.trouble
                .into_iter()
                .for_each(|trouble| line.tell(Tell::Trouble(Some(trouble))));
        }
    }

    /// Does not believe the reader, and begins anew in a while.
    pub(super) fn refuse(&mut self, now: Moment, why: Distrust, line: &mut Line<Tell>) {
        self.install_until = None;
        self.trust(Trust::Refused(why), line);
        self.begin_at(now + REFUSED_FOR);
    }

    /// Begins anew after a breath.
    pub(super) fn begin_again(&mut self, now: Moment) {
        if self.step.opens_channel() {
            self.broken_off = self.broken_off.saturating_add(1);
        }
        self.begin_at(now + BREATH);
    }

    fn begin_at(&mut self, then: Moment) {
        self.channel = Channel::Clear;
        self.sequence = Sqn::ZERO;
        self.step = Step::Hello;
        self.wrong_key = false;
        self.shows.clear();
        self.waiting = Waiting::Until(then);
    }

    /// When it wants to speak; `None` while it waits for a reply, and on a closed line.
    pub(super) const fn wants_turn(&self) -> Option<Moment> {
        match &self.waiting {
            Waiting::Closed | Waiting::Reply(_) => None,
            Waiting::Until(then) | Waiting::Again(_, then) => Some(*then),
        }
    }

    /// When the reply it waits for is too late; `None` while it waits for none.
    pub(super) const fn reply_due(&self) -> Option<Moment> {
        match &self.waiting {
            Waiting::Reply(exchange) => Some(exchange.deadline()),
            _ => None,
        }
    }

    /// It has its turn: says what is to be said next, and waits for the reply.
    pub(super) fn speak(&mut self, now: Moment, line: &mut Line<Tell>) {
        let exchange = match std::mem::replace(&mut self.waiting, Waiting::Closed) {
            Waiting::Again(mut exchange, _) => {
                exchange.said_again(now);
                exchange
            }
            _ => {
                let (words, adapter) = (self.next_words(now), self.settings.adapter);
                Exchange::said(now, words, self.sequence, adapter)
            }
        };
        line.write(&exchange.bytes);
        self.waiting = Waiting::Reply(exchange);
    }

    fn next_words(&mut self, now: Moment) -> Vec<u8> {
        if matches!(self.step, Step::Poll) {
            if self.installs(now) && matches!(self.channel, Channel::Secure(KeyKind::Default, _)) {
                self.step = Step::InstallKey;
            } else if let Some(show) = self.shows.pop_front() {
                self.step = Step::Show(show);
            }
        }
        let (command, handshake) = self.step.command(&self.settings);
        let manner = Manner {
            address: self.settings.address,
            check: self.settings.check,
            sequence: self.sequence,
        };
        self.channel.seal(manner, &command, handshake)
    }

    /// A whole packet with a right check came while one was awaited.
    fn packet(&mut self, now: Moment, raw: &[u8], line: &mut Line<Tell>) {
        let (Ok((packet, _)), Waiting::Reply(exchange)) =
            (ParsedPacket::parse(raw), &mut self.waiting)
        else {
            return;
        };
        // Busy is said in clear text and without the number of what it answers (§5.1). It is
        // believed as far as waiting goes, and is no sign of life: a reader busy for ever is gone.
        if packet.code == ReplyCode::Busy.as_byte() && packet.scb.is_none() {
            line.frame();
            return self.busy(now, line);
        }
        if packet.ctrl.sqn != exchange.sequence {
            return line.reject();
        }
        let data = match self.channel.open(&packet, raw) {
            Opened::Reply(data) => data,
            Opened::Forged => {
                exchange.forged = true;
                return line.reject();
            }
            Opened::ChannelLost => {
                line.frame();
                self.answers(now, line);
                return self.nak_in_clear(now, packet.data);
            }
        };
        line.frame();
        self.answers(now, line);
        let code = ReplyCode::from_byte(packet.code);
        let reply = code.and_then(|code| Reply::decode(code, &data)).ok();
        if let Some(Reply::Nak(Nak {
            error: NakErrorCode::BadCrcOrChecksum,
            ..
        })) = reply
        {
            // Our words were spoilt on their way: they are said again when the wait is over.
            return;
        }
        self.sequence = self.sequence.next();
        self.waiting = Waiting::Until(now + POLL_EVERY);
        self.go_on(now, packet.code, reply, line);
    }

    /// A refusal in clear text of something said within the channel.
    fn nak_in_clear(&mut self, now: Moment, data: &[u8]) {
        let spoilt = NakErrorCode::BadCrcOrChecksum.as_byte();
        if data.first() != Some(&spoilt) {
            self.begin_again(now);
        }
    }

    fn answers(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.answered = now;
        if self.answers.replace(true) != Some(true) {
            line.tell(Tell::Answering(true));
        }
    }

    /// The reader wants to be asked later, and others may be asked meanwhile.
    fn busy(&mut self, now: Moment, line: &mut Line<Tell>) {
        if now - self.answered >= SILENCE {
            return self.gone(now, line);
        }
        if let Waiting::Reply(mut exchange) =
            std::mem::replace(&mut self.waiting, Waiting::Until(now))
        {
            exchange.put_off();
            self.waiting = Waiting::Again(exchange, now + BUSY);
        }
    }

    /// The wait for a reply is over.
    pub(super) fn unanswered(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.hearing.forget(line);
        if now - self.answered >= SILENCE {
            return self.gone(now, line);
        }
        match std::mem::replace(&mut self.waiting, Waiting::Until(now)) {
            Waiting::Reply(exchange) if !exchange.is_used_up() => {
                self.waiting = Waiting::Again(exchange, now);
            }
            Waiting::Reply(exchange) if exchange.forged => {
                self.refuse(now, Distrust::Forged, line);
            }
            _ => self.begin_again(now),
        }
    }

    /// The reader has been silent for too long.
    fn gone(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.answers.replace(false) != Some(false) {
            line.tell(Tell::Answering(false));
        }
        (self.trust, self.identity, self.broken_off) = (None, None, 0);
        self.trouble = None;
        self.begin_at(now + KNOCK_EVERY);
    }
}

impl Dialogue for Osdp {
    type Ask = Ask;
    type Tell = Tell;

    fn opened(&mut self, now: Moment, line: &mut Line<Tell>) {
        self.hearing.forget(line);
        (self.answers, self.trust, self.identity) = (None, None, None);
        self.trouble = None;
        (self.answered, self.broken_off) = (now, 0);
        self.begin_at(now);
    }

    fn heard(&mut self, now: Moment, bytes: &[u8], line: &mut Line<Tell>) {
        for &byte in bytes {
            let Waiting::Reply(exchange) = &mut self.waiting else {
                // Nobody was asked: an echo, or a reply too late.
                line.discard(1);
                continue;
            };
            let raw = self.hearing.byte(byte, line);
            if self.hearing.has_begun() {
                exchange.hears(now);
            }
            if let Some(raw) = raw {
                self.packet(now, &raw, line);
            }
        }
    }

    fn asked(&mut self, now: Moment, ask: Ask, line: &mut Line<Tell>) {
        match ask {
            // Only the newest signal counts; one that comes too late to be an answer is not kept.
            Ask::Signal(signal) if self.step.is_open() => {
                self.shows = signal::commands(signal, self.abilities).into();
            }
            Ask::Signal(_) => {}
            Ask::InstallKey => {
                let known = self.trust.take();
                match (known, &self.waiting) {
                    // There is nothing to give, or it has it.
                    (Some(trust), _) if self.settings.key.is_none() || trust == Trust::OwnKey => {
                        return self.trust(trust, line);
                    }
                    (Some(Trust::Refused(_)), Waiting::Until(_)) => self.begin_at(now),
                    (Some(Trust::ClearText), _) => self.begin_at(now + BREATH),
                    // The course that is under way comes to it.
                    _ => {}
                }
                self.install_until = Some(now + INSTALL_WITHIN);
            }
        }
    }

    fn due(&self) -> Option<Moment> {
        self.wants_turn().or(self.reply_due())
    }

    fn waited(&mut self, now: Moment, line: &mut Line<Tell>) {
        if self.reply_due().is_some_and(|due| due <= now) {
            self.unanswered(now, line);
        }
        if self.wants_turn().is_some_and(|then| then <= now) {
            self.speak(now, line);
        }
    }

    fn written(&mut self, _now: Moment, _n: usize, _line: &mut Line<Tell>) {}

    fn closed(&mut self, _now: Moment, line: &mut Line<Tell>) {
        self.hearing.forget(line);
        self.channel = Channel::Clear;
        self.waiting = Waiting::Closed;
    }
}
