//! One's own list of who may collect.

use super::*;

#[test]
fn a_colleague_is_found_by_name_and_let_collect() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let (list, asked) = ask(begin_deputies(&here));
    assert_eq!(asked, Ask::Deputies);
    let list = show(answered(&list, Answer::Deputies(vec![]), &here));
    let naming = show(touched(&list, Touch::NewDeputy, &here));
    for few in ["c", "ch", "陈"] {
        show(touched(&naming, Touch::Typed(few.into()), &here));
    }
    let (naming, asked) = ask(touched(&naming, Touch::Typed("陈晓".into()), &here));
    assert_eq!(asked, Ask::FindColleagues("陈晓".into()));
    let late = Answer::Colleagues("陈".into(), vec![colleague()]);
    assert_eq!(answered(&naming, late, &here), None);
    let found = Answer::Colleagues("陈晓".into(), vec![colleague()]);
    let naming = show(answered(&naming, found, &here));
    assert_eq!(
        touched(&naming, Touch::Deputy(GRACE), &here),
        None,
        "not on the list"
    );
    let terms = show(touched(&naming, Touch::Deputy(CHEN), &here));
    let terms = show(touched(&terms, Touch::Cover(Covers::Everything), &here));
    let terms = show(touched(&terms, Touch::Last(Lasts::Today), &here));
    let (terms, asked) = ask(touched(&terms, Touch::Give, &here));
    let (deputy, covers, lasts) = (CHEN, Covers::Everything, Lasts::Today);
    assert_eq!(
        asked,
        Ask::Give {
            deputy,
            covers,
            lasts
        }
    );
    let list = show(answered(&terms, Answer::Given(Ok(vec![line()])), &here));
    let (given, changed) = (vec![line()], Some(Change::Given));
    assert_eq!(list, Stage::Deputies { given, changed });
}

#[test]
fn an_authority_begins_with_the_least_and_is_taken_back_with_one_touch() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let naming = Stage::NamingDeputy {
        given: vec![],
        typed: String::new(),
        found: vec![colleague()],
    };
    let terms = show(touched(&naming, Touch::Deputy(CHEN), &here));
    assert!(matches!(
        terms,
        Stage::ChoosingTerms {
            covers: Covers::Unsigned,
            lasts: Lasts::Once,
            ..
        }
    ));
    let list = Stage::Deputies {
        given: vec![line()],
        changed: None,
    };
    let (list, asked) = ask(touched(&list, Touch::Withdraw(line().id), &here));
    assert_eq!(asked, Ask::Withdraw(line().id));
    let after = show(answered(&list, Answer::Withdrawn(Ok(vec![])), &here));
    let (given, changed) = (vec![], Some(Change::Withdrawn));
    assert_eq!(after, Stage::Deputies { given, changed });
    let unknown = AuthorityId(Uuid::from_u128(41));
    assert_eq!(touched(&list, Touch::Withdraw(unknown), &here), None);
}

#[test]
fn the_colleague_may_tap_a_card_and_a_stranger_or_oneself_is_refused() {
    let lobby = Lobby::with_grace();
    let here = lobby.here();
    let naming = Stage::NamingDeputy {
        given: vec![],
        typed: String::new(),
        found: vec![],
    };
    let tap = |presented: Holder| show(card(&naming, &presented, How::Tapped, &here));
    let chen = tap(holder(CHEN, HARBOUR));
    assert!(matches!(chen, Stage::ChoosingTerms { deputy, .. } if deputy.person == CHEN));
    for (presented, refusal) in [
        (holder(GRACE, HARBOUR), AuthorityRefusal::SamePerson),
        (holder(CHEN, OTHER_COMPANY), AuthorityRefusal::NotAColleague),
    ] {
        let given = vec![];
        let refused = tap(presented);
        assert_eq!(refused, Stage::DeputyRefused { given, refusal });
        // Somebody else is named with one touch, or taps a card at once.
        assert!(!refused.is_over());
        assert_eq!(refused.back(), Some(naming.clone()));
        assert_eq!(show(touched(&refused, Touch::Again, &here)), naming);
        let other = holder(CHEN, HARBOUR);
        let chosen = show(card(&refused, &other, How::Tapped, &here));
        assert!(matches!(chosen, Stage::ChoosingTerms { deputy, .. } if deputy.person == CHEN));
    }
}

#[test]
fn a_typed_card_number_changes_nobodys_list() {
    let mut lobby = Lobby::with_grace();
    lobby.typed_card = true;
    let (given, refusal) = (vec![], AuthorityRefusal::CardNotTapped);
    let shown = show(begin_deputies(&lobby.here()));
    assert!(shown.is_over() && shown.back().is_none());
    assert_eq!(shown, Stage::DeputyRefused { given, refusal });
    assert_eq!(
        begin_deputies(&Lobby::default().here()),
        None,
        "nobody is there"
    );
}

#[test]
fn refused_changes_keep_the_list_as_it_was() {
    let lobby = Lobby::with_grace();
    let (given, refusal) = (vec![line()], AuthorityRefusal::NotFound);
    let list = Stage::Deputies {
        given: given.clone(),
        changed: None,
    };
    let refused = show(answered(
        &list,
        Answer::Withdrawn(Err(refusal)),
        &lobby.here(),
    ));
    assert_eq!(refused, Stage::DeputyRefused { given, refusal });
    assert_eq!(refused.back(), Some(list));
    let (_, asked) = ask(touched(&refused, Touch::Again, &lobby.here()));
    assert_eq!(asked, Ask::Deputies, "the list as it is now");
}
