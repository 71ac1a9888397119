//! What goes back or on: the form, the check, the approval.

use super::*;

fn order(form: Option<ReturnForm>) -> ReturnOrder {
    ReturnOrder {
        item: MailId(Uuid::from_u128(9)),
        onward: Onward::ToSender,
        reason: ReturnReason::NoSuchPerson,
        address: String::new(),
        form,
    }
}

fn whole_form() -> ReturnForm {
    ReturnForm {
        addressee: "张三丰".into(),
        address: "云栖中心 1501".into(),
        sender: "某某公司".into(),
        tracking: "XA123".into(),
        enquiries: "问过 1501 室".into(),
    }
}

#[test]
fn special_mail_goes_back_only_by_a_form_filled_in_full() {
    for kind in MailKind::ALL {
        let bare = may_ask_return(&item(kind), &order(None));
        assert_eq!(bare.is_err(), kind.is_special(), "{kind:?}");
        assert_eq!(
            may_ask_return(&item(kind), &order(Some(whole_form()))),
            Ok(())
        );
    }
    let mut form = whole_form();
    form.sender = "  ".into();
    form.enquiries = String::new();
    let refused = may_ask_return(&item(MailKind::Airmail), &order(Some(form)));
    let missing = vec![FormField::Sender, FormField::Enquiries];
    assert_eq!(refused, Err(MailRefusal::FormIncomplete { missing }));
}

#[test]
fn forwarding_needs_an_address() {
    let mut forward = order(None);
    forward.onward = Onward::Forward;
    let refused = may_ask_return(&item(MailKind::Letter), &forward);
    assert_eq!(refused, Err(MailRefusal::AddressMissing));
    forward.address = "上海市静安区 1 号".into();
    assert_eq!(may_ask_return(&item(MailKind::Letter), &forward), Ok(()));
}

fn back(kind: MailKind) -> Return {
    let mut item = item(kind);
    item.state = MailState::ReturnAsked;
    Return {
        id: ReturnId(Uuid::from_u128(7)),
        item,
        onward: Onward::ToSender,
        reason: ReturnReason::AddressIllegible,
        asked_by: CHEN,
        asked: monday(),
        allowed_by: None,
        is_printed: false,
        address: String::new(),
        form: None,
    }
}

#[test]
fn the_mail_administrator_checks_ordinary_mail_and_only_the_supervisor_approves_special_mail() {
    use Role::{MailAdministrator, Receptionist, Supervisor};
    for kind in MailKind::ALL {
        let allow = |role| may_allow_return(&back(kind), GRACE, &[role]);
        let act = match kind.is_special() {
            true => Act::ApproveMailReturn,
            false => Act::CheckMailReturn,
        };
        let refused = Err(MailRefusal::NotPermitted { act });
        assert_eq!(allow(Receptionist), refused, "{kind:?}");
        assert_eq!(allow(Supervisor), Ok(()));
        assert_eq!(allow(MailAdministrator).is_ok(), !kind.is_special());
    }
}

#[test]
fn a_supervisor_who_filled_in_the_form_does_not_approve_it() {
    let own = may_allow_return(&back(MailKind::Airmail), CHEN, &[Role::Supervisor]);
    assert_eq!(own, Err(MailRefusal::OwnForm));
    let ordinary = may_allow_return(&back(MailKind::Letter), CHEN, &[Role::MailAdministrator]);
    assert_eq!(ordinary, Ok(()));
}

#[test]
fn no_return_slip_prints_before_it_was_checked_or_approved() {
    for kind in MailKind::ALL {
        let special = kind.is_special();
        let refused = may_print_return(&back(kind));
        assert_eq!(refused, Err(MailRefusal::NotAllowedYet { special }));
        let mut allowed = back(kind);
        allowed.allowed_by = Some(GRACE);
        allowed.item.state = MailState::ReturnAllowed;
        assert_eq!(may_print_return(&allowed), Ok(()));
    }
}
