//! What is said next, and what each reply means for it.

use osdp::command::{Cap, Chlng, Command, Id, KeySet, Poll, SCrypt};
use osdp::packet::Sqn;
use osdp::reply::{NakErrorCode, Reply, ReplyCode};
use osdp::secure::{Cryptogrammed, Session};

use super::channel::{Channel, KeyKind};
use super::driver::Osdp;
use super::signal::Abilities;
use super::{Settings, card};
use crate::clock::Moment;
use crate::dialogue::Line;
use crate::reader::{Certainty, Distrust, NotRead, Tell, Trust};

/// A channel that came to nothing this often, with a reader that answers everything else, is one
/// that the reader does not open.
const BREAKS: u8 = 3;

/// What the command is for that has been said or is to be said.
pub(super) enum Step {
    /// Is anybody there? Its answer proves nothing yet, and is not told.
    Hello,
    /// What can it show?
    Abilities,
    /// Does it know the key?
    Challenge(KeyKind, [u8; 8]),
    /// We know it too.
    Prove(KeyKind, Session<Cryptogrammed>),
    /// Does it speak in clear text?
    TryClear,
    /// Who is it?
    Identify,
    /// What has it read?
    Poll,
    /// Lamp or buzzer.
    Show(Command),
    /// Its own key, from now on.
    InstallKey,
}

impl Step {
    /// The command, and the key if it is one of a handshake.
    pub(super) fn command(&self, settings: &Settings) -> (Command, Option<KeyKind>) {
        match self {
            Self::Hello | Self::Identify => (Command::Id(Id::standard()), None),
            Self::Abilities => (Command::Cap(Cap::standard()), None),
            Self::Challenge(key, challenge) => (Command::Chlng(Chlng::new(*challenge)), Some(*key)),
            Self::Prove(key, session) => {
                let cryptogram = session.server_cryptogram();
                (Command::SCrypt(SCrypt::new(cryptogram)), Some(*key))
            }
            Self::TryClear | Self::Poll => (Command::Poll(Poll), None),
            Self::Show(command) => (command.clone(), None),
            Self::InstallKey => {
                let key = KeyKind::Own.bytes(settings.key.as_ref());
                (Command::KeySet(KeySet::scbk(key)), None)
            }
        }
    }

    /// Whether it leads to a channel that has not carried anything yet.
    pub(super) const fn opens_channel(&self) -> bool {
        matches!(self, Self::Challenge(..) | Self::Prove(..) | Self::Identify)
    }

    /// Whether the reader is believed, and read from.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self, Self::Poll | Self::Show(_))
    }
}

impl Osdp {
    /// A reply came to what was said. `None` is one that has a right check and no form we know.
    pub(super) fn go_on(
        &mut self,
        now: Moment,
        code: u8,
        reply: Option<Reply>,
        line: &mut Line<Tell>,
    ) {
        match (std::mem::replace(&mut self.step, Step::Poll), reply) {
            (Step::Hello, _) => self.step = Step::Abilities,
            (Step::Abilities, reply) => {
                self.abilities = match &reply {
                    Some(Reply::PdCap(capabilities)) => Abilities::of(capabilities),
                    _ => Abilities::UNKNOWN,
                };
                self.first_challenge(now, line);
            }
            (Step::Challenge(key, challenge), Some(Reply::CCrypt(ccrypt))) => {
                let bytes = key.bytes(self.settings.key.as_ref());
                let session = Session::new(bytes).challenge(challenge);
                match session.receive_ccrypt(&ccrypt) {
                    Ok(session) => self.key_fits(now, key, session, line),
                    Err(_) => {
                        self.wrong_key = true;
                        self.key_fails(now, key, line);
                    }
                }
            }
            (Step::Challenge(key, _), _) => self.key_fails(now, key, line),
            (Step::Prove(key, session), Some(Reply::RMacI(proof))) => {
                match session.confirm_rmac_i(&proof.r_mac_i) {
                    Ok(session) => {
                        self.channel = Channel::Secure(key, session);
                        self.step = Step::Identify;
                    }
                    Err(_) => self.refuse(now, Distrust::Forged, line),
                }
            }
            // It knew the key a moment ago, and now does not believe that we do.
            (step @ Step::Prove(..), _) => {
                self.step = step;
                self.begin_again(now);
            }
            (Step::TryClear, reply) => self.tried_clear(now, code, reply, line),
            (Step::Identify, reply) => self.identified(now, reply, line),
            (Step::InstallKey, Some(Reply::Ack(_))) => {
                // The next handshake shows whether it is true.
                self.installed();
                self.begin_again(now);
            }
            (Step::InstallKey, _) => self.refuse(now, Distrust::KeyNotTaken, line),
            (_, Some(Reply::Nak(nak))) => self.refused_by_reader(now, nak.error),
            (Step::Poll, reply) => self.read(code, reply, line),
            (Step::Show(_), _) => {}
        }
    }

    fn first_challenge(&mut self, now: Moment, line: &mut Line<Tell>) {
        let given_up = self.broken_off >= BREAKS;
        if given_up || (self.settings.key.is_none() && !self.settings.allow_default_key) {
            let why = match self.settings.key {
                None if !given_up => Distrust::NoKey,
                _ => Distrust::NoSecureChannel,
            };
            self.in_clear_or_refuse(now, why, line);
        } else if self.settings.key.is_some() {
            self.challenge(KeyKind::Own);
        } else {
            self.challenge(KeyKind::Default);
        }
    }

    fn challenge(&mut self, key: KeyKind) {
        self.step = Step::Challenge(key, self.seed.challenge());
    }

    fn key_fits(
        &mut self,
        now: Moment,
        key: KeyKind,
        session: Session<Cryptogrammed>,
        line: &mut Line<Tell>,
    ) {
        if key == KeyKind::Own || self.settings.allow_default_key || self.installs(now) {
            self.step = Step::Prove(key, session);
        } else {
            self.in_clear_or_refuse(now, Distrust::DefaultKey, line);
        }
    }

    /// A reader that does not know its own key is asked for the default one even where that is not
    /// allowed: whoever stands before it wants to know why it is refused.
    fn key_fails(&mut self, now: Moment, key: KeyKind, line: &mut Line<Tell>) {
        match key {
            KeyKind::Own => self.challenge(KeyKind::Default),
            KeyKind::Default if self.wrong_key => {
                self.in_clear_or_refuse(now, Distrust::WrongKey, line);
            }
            KeyKind::Default => self.in_clear_or_refuse(now, Distrust::NoSecureChannel, line),
        }
    }

    fn in_clear_or_refuse(&mut self, now: Moment, why: Distrust, line: &mut Line<Tell>) {
        if self.settings.allow_clear_text {
            // Number 0 ends whatever handshake the reader thinks it is in.
            self.sequence = Sqn::ZERO;
            self.step = Step::TryClear;
        } else {
            self.refuse(now, why, line);
        }
    }

    /// The first reply within the channel: it is open.
    fn identified(&mut self, now: Moment, reply: Option<Reply>, line: &mut Line<Tell>) {
        match &self.channel {
            Channel::Secure(KeyKind::Default, _) if self.installs(now) => {
                self.step = Step::InstallKey;
                return;
            }
            Channel::Secure(KeyKind::Default, _) if !self.settings.allow_default_key => {
                return self.refuse(now, Distrust::DefaultKey, line);
            }
            Channel::Secure(KeyKind::Default, _) => self.trust(Trust::DefaultKey, line),
            Channel::Secure(KeyKind::Own, _) => {
                self.installed();
                self.trust(Trust::OwnKey, line);
            }
            Channel::Clear => {}
        }
        if let Some(Reply::PdId(id)) = reply {
            let identity = card::identity(&id);
            if self.identity.as_ref() != Some(&identity) {
                line.tell(Tell::Identity(identity.clone()));
                self.identity = Some(identity);
            }
        }
    }

    /// The first reply in clear text to what only a reader without a key answers so.
    fn tried_clear(&mut self, now: Moment, code: u8, reply: Option<Reply>, line: &mut Line<Tell>) {
        if let Some(Reply::Nak(_)) = reply {
            let why = if self.wrong_key {
                Distrust::WrongKey
            } else {
                Distrust::NoSecureChannel
            };
            return self.refuse(now, why, line);
        }
        self.installed();
        self.trust(Trust::ClearText, line);
        self.read(code, reply, line);
        self.step = Step::Identify;
    }

    /// What was asked is not done. Lamps and buzzers that are not there do no harm.
    fn refused_by_reader(&mut self, now: Moment, why: NakErrorCode) {
        if let NakErrorCode::EncryptedCommunicationRequired
        | NakErrorCode::SecurityBlockTypeNotSupported
        | NakErrorCode::UnexpectedSequenceNumber = why
        {
            self.begin_again(now);
        }
    }

    /// What a poll brought. Keys pressed are not told: nothing here asks for a code, and they are
    /// somebody's secret.
    fn read(&mut self, code: u8, reply: Option<Reply>, line: &mut Line<Tell>) {
        let certainty = match &self.channel {
            Channel::Secure(KeyKind::Own, _) => Certainty::Authenticated,
            // Everybody knows that key.
            Channel::Secure(KeyKind::Default, _) | Channel::Clear => Certainty::Checked,
        };
        match reply {
            Some(Reply::Raw(raw)) => line.tell(card::presented(&raw, certainty)),
            Some(Reply::LStatR(status)) => {
                let trouble = card::trouble(&status);
                if std::mem::replace(&mut self.trouble, trouble) != trouble {
                    line.tell(Tell::Trouble(trouble));
                }
            }
            // Card data in a layout of the reader's own, or bits that are not as many as it says.
            _ if [ReplyCode::Fmt, ReplyCode::Raw]
                .map(ReplyCode::as_byte)
                .contains(&code) =>
            {
                line.tell(Tell::NotRead(NotRead::NotThisKind));
            }
            _ => {}
        }
    }
}
