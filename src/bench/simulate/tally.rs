//! What a simulation has to show now and then, counted: what never happens proves nothing.

use std::fmt;
use std::ops::AddAssign;

/// Something that happens on simulated days, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A work permit was entered.
    PermitEntered,
    /// A work permit was taken back.
    PermitWithdrawn,
    /// A contractor went in with a permit that holds.
    ContractorIn,
    /// A permit that is missing, over, for later or taken back let nobody in.
    PermitRefused,
    /// A visitor who showed an identity card signed in.
    DocumentIn,
    /// The same with a foreigner's document.
    ForeignDocumentIn,
    /// Somebody came on the list by their document.
    Barred,
    /// Somebody was taken off the list again.
    Lifted,
    /// A document of the list was shown, and the desk was told.
    ListedDocument,
    /// Somebody came on the list while they waited, or their permit ended, and was stopped at the door.
    StoppedAtTheDoor,
    /// A temporary card went out with a visit.
    PassOut,
    /// A visitor left by tapping theirs.
    PassTappedOut,
    /// A temporary card that opens nothing any more was tapped, and opened nothing.
    PassOpensNothing,
    /// A temporary card came back.
    PassBack,
    /// A temporary card never came back, and was written off.
    PassGone,
    /// A visitor borrowed something, by slip or temporary card.
    VisitorBorrowed,
    /// Something was handed over the counter.
    OverTheCounter,
    /// Something that was out is lost.
    ThingLost,
    /// Something lost is here again.
    ThingTurnedUp,
    /// A PC came back without one of its parts.
    PartMissing,
    /// A part came later.
    PartLate,
    /// Something that is washed went out.
    WashedOut,
    /// Something that is washed came back.
    WashedReturned,
    /// Things went to the laundry.
    SentToLaundry,
    /// Things came back from it.
    BackFromLaundry,
    /// Things did not come back from it, or are past washing.
    WashWrittenOff,
    /// The sheet of the laundry's day was printed, and its counts added up.
    WashSheet,
    /// A deposit was left at the desk.
    DepositTaken,
    /// A deposit, or what is left of it, was given back.
    DepositReturned,
    /// A part of a deposit stays with the house.
    DepositKept,
    /// Mail of a company went to somebody of it.
    MailOfCompany,
    /// What binds a company went to somebody whose signature it accepts.
    SignedForCompany,
    /// Somebody without an authority was given mail, with a reason.
    HandedOutAnyway,
    /// The supervisor approved the return of special mail.
    SpecialReturnApproved,
    /// Nobody approves a form of their own.
    OwnFormRefused,
    /// A slip printed for mail that goes on to another address.
    Forwarded,
    /// Somebody was granted keys.
    KeysGranted,
    /// A grant was taken back.
    GrantWithdrawn,
    /// Somebody without a grant was given no key.
    KeyNotGranted,
    /// A key went out with a contractor.
    ContractorWithKey,
    /// A key came back, and its unit is not confirmed as safe.
    UnitNotSafe,
    /// A tenant was told that a key to its unit was used.
    TenantTold,
    /// Who is inside was printed, and they all were on the paper.
    RollCall,
    /// What is about a key was closed by nobody's hand.
    KeptOpen,
    /// Rain mode was switched on.
    Rain,
    /// A message was left for a host.
    MessageLeft,
    /// A host said yes at the screen.
    HostSaidYes,
    /// A key that needs two went out with two.
    SecondPerson,
    /// A key was reported lost.
    KeyLost,
    /// A piece was delivered on a round.
    RoundDelivered,
    /// Nobody claimed a piece on two rounds.
    DeadLetter,
    /// An open matter was taken.
    MatterTaken,
    /// It was handed over.
    MatterHandedOver,
    /// It was closed.
    MatterClosed,
}

impl Seen {
    /// All of it.
    pub const ALL: [Seen; 54] = [
        Seen::PermitEntered,
        Seen::PermitWithdrawn,
        Seen::ContractorIn,
        Seen::PermitRefused,
        Seen::DocumentIn,
        Seen::ForeignDocumentIn,
        Seen::Barred,
        Seen::Lifted,
        Seen::ListedDocument,
        Seen::StoppedAtTheDoor,
        Seen::PassOut,
        Seen::PassTappedOut,
        Seen::PassOpensNothing,
        Seen::PassBack,
        Seen::PassGone,
        Seen::VisitorBorrowed,
        Seen::OverTheCounter,
        Seen::ThingLost,
        Seen::ThingTurnedUp,
        Seen::PartMissing,
        Seen::PartLate,
        Seen::WashedOut,
        Seen::WashedReturned,
        Seen::SentToLaundry,
        Seen::BackFromLaundry,
        Seen::WashWrittenOff,
        Seen::WashSheet,
        Seen::DepositTaken,
        Seen::DepositReturned,
        Seen::DepositKept,
        Seen::MailOfCompany,
        Seen::SignedForCompany,
        Seen::HandedOutAnyway,
        Seen::SpecialReturnApproved,
        Seen::OwnFormRefused,
        Seen::Forwarded,
        Seen::KeysGranted,
        Seen::GrantWithdrawn,
        Seen::KeyNotGranted,
        Seen::ContractorWithKey,
        Seen::UnitNotSafe,
        Seen::TenantTold,
        Seen::RollCall,
        Seen::KeptOpen,
        Seen::Rain,
        Seen::MessageLeft,
        Seen::HostSaidYes,
        Seen::SecondPerson,
        Seen::KeyLost,
        Seen::RoundDelivered,
        Seen::DeadLetter,
        Seen::MatterTaken,
        Seen::MatterHandedOver,
        Seen::MatterClosed,
    ];

    fn words(self) -> &'static str {
        match self {
            Seen::PermitEntered => "permits entered",
            Seen::PermitWithdrawn => "taken back",
            Seen::ContractorIn => "contractors in",
            Seen::PermitRefused => "permits refused",
            Seen::DocumentIn => "signed in with an identity card",
            Seen::ForeignDocumentIn => "with a foreign document",
            Seen::Barred => "barred by document",
            Seen::Lifted => "taken off the list",
            Seen::ListedDocument => "listed documents shown",
            Seen::StoppedAtTheDoor => "stopped at the door",
            Seen::PassOut => "temporary cards out",
            Seen::PassTappedOut => "left by card",
            Seen::PassOpensNothing => "old cards that opened nothing",
            Seen::PassBack => "cards back",
            Seen::PassGone => "cards gone",
            Seen::VisitorBorrowed => "lent to visitors",
            Seen::OverTheCounter => "handed over the counter",
            Seen::ThingLost => "lost",
            Seen::ThingTurnedUp => "found again",
            Seen::PartMissing => "parts missing",
            Seen::PartLate => "parts late",
            Seen::WashedOut => "helmets and covers out",
            Seen::WashedReturned => "returned",
            Seen::SentToLaundry => "to the laundry",
            Seen::BackFromLaundry => "back from it",
            Seen::WashWrittenOff => "written off",
            Seen::WashSheet => "sheets of the laundry",
            Seen::DepositTaken => "deposits taken",
            Seen::DepositReturned => "given back",
            Seen::DepositKept => "kept",
            Seen::MailOfCompany => "mail of companies",
            Seen::SignedForCompany => "signed for by a signatory",
            Seen::HandedOutAnyway => "against the rule with a reason",
            Seen::SpecialReturnApproved => "special returns approved",
            Seen::OwnFormRefused => "own forms refused",
            Seen::Forwarded => "sent on",
            Seen::KeysGranted => "keys granted",
            Seen::GrantWithdrawn => "grants taken back",
            Seen::KeyNotGranted => "keys not granted",
            Seen::ContractorWithKey => "keys out with contractors",
            Seen::UnitNotSafe => "units not safe",
            Seen::TenantTold => "tenants told of a key",
            Seen::RollCall => "roll calls",
            Seen::KeptOpen => "closed by nobody's hand",
            Seen::Rain => "rainy days",
            Seen::MessageLeft => "messages left",
            Seen::HostSaidYes => "hosts said yes",
            Seen::SecondPerson => "second persons",
            Seen::KeyLost => "keys lost",
            Seen::RoundDelivered => "delivered on a round",
            Seen::DeadLetter => "dead letters",
            Seen::MatterTaken => "matters taken",
            Seen::MatterHandedOver => "handed over",
            Seen::MatterClosed => "closed",
        }
    }
}

/// How often each of it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally([usize; Seen::ALL.len()]);

impl Default for Tally {
    fn default() -> Self {
        Tally([0; Seen::ALL.len()])
    }
}

impl Tally {
    /// How often this was seen.
    pub fn of(&self, seen: Seen) -> usize {
        self.0[seen as usize]
    }

    /// This was seen once more.
    pub(super) fn add(&mut self, seen: Seen) {
        self.add_many(seen, 1);
    }

    /// This was seen so often more.
    pub(super) fn add_many(&mut self, seen: Seen, count: usize) {
        self.0[seen as usize] += count;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        for (own, more) in self.0.iter_mut().zip(more.0) {
            *own += more;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, seen) in Seen::ALL.into_iter().enumerate() {
            let comma = match place {
                0 => "",
                _ => ", ",
            };
            write!(f, "{comma}{} {}", self.of(seen), seen.words())?;
        }
        Ok(())
    }
}
