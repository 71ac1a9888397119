//! A desk at which nobody works still calls for somebody, and names nobody.

use super::held_up::tapped;
use crate::Window;
use crate::support::{GRACE, card, minutes};
use lodge::desk::services::{ServiceOrder, VisitOrder};
use lodge::desk::view::{Locked, State};
use lodge::desk::{Effect, Event, Mark, Press, Timer, present};
use lodge::people::{CardState, Role};
use lodge::store::CardRow;
use lodge::visits::{SignedIn, VisitorType};

fn locked(window: &Window) -> Locked {
    match present(&window.session, &window.house, window.at).state {
        State::Locked(locked) => locked,
        State::Work(work) => panic!("somebody works here: {:?}", work.who),
    }
}

fn calls(window: &Window) -> Vec<(Mark, String)> {
    let calls = locked(window).calls.into_iter();
    calls.map(|line| (line.mark, line.text)).collect()
}

#[test]
fn a_locked_desk_says_who_is_needed_at_once_and_names_nobody() {
    let mut window = Window::open(Role::Receptionist);
    window.barred("王五", "13911112222");
    window.press(Press::F(12));
    assert_eq!(calls(&window), []);

    window.lobby.books.call_desk(window.at).expect("a call");
    window.happens(Event::BooksChanged);
    let called = (Mark::Stop, "有人呼叫前台 · 1".to_owned());
    assert_eq!(calls(&window), std::slice::from_ref(&called));

    let SignedIn::Waiting { visit, .. } = window.signs_in("江一帆", VisitorType::Guest) else {
        panic!("a yes is asked for")
    };
    let waits = (Mark::Attend, "有来访者在等同意 · 1".to_owned());
    assert_eq!(calls(&window), [called.clone(), waits.clone()]);

    let came = window.signs_in("汪午", VisitorType::Courier);
    assert_eq!(came, SignedIn::SeeTheDesk);
    let listed = (Mark::Stop, "有来访者须先核对，请勿放行 · 1".to_owned());
    assert_eq!(calls(&window), [called.clone(), listed.clone(), waits]);
    let view = format!("{:?}", present(&window.session, &window.house, window.at));
    for trace in ["江", "汪", "王", "0009", "2222", "郝", "远山", "纠纷", "李"] {
        assert!(!view.contains(trace), "{trace} is told: {view}");
    }
    // Nor is anything of them kept behind the lock.
    let kept = format!("{:?}", window.session);
    assert!(!kept.contains("江一帆") && !kept.contains("汪午"), "{kept}");

    // The host's yes is a call less.
    let (said, yes) = (window.lobby.grace, true);
    let yes = VisitOrder::SayYes { visit, said, yes };
    window.done(ServiceOrder::Visits(yes));
    assert_eq!(calls(&window), [called, listed]);
}

#[test]
fn what_calls_is_there_in_english_when_the_desk_locks_itself_and_gone_once_somebody_works() {
    let mut window = Window::open(Role::Receptionist);
    window.press(Press::F(11));
    window.lobby.books.call_desk(window.at).expect("a call");
    window.signs_in("江一帆", VisitorType::Guest);
    window.press(Press::F(12));
    let texts: Vec<String> = calls(&window).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        texts,
        [
            "Somebody is calling the desk · 1",
            "A visitor is waiting for approval · 1"
        ]
    );
    // Things on loan call nobody.
    let lent = window.lobby.lend_umbrella(GRACE, window.at);
    lent.expect("an umbrella");
    window.happens(Event::BooksChanged);
    assert_eq!(calls(&window).len(), 2);
    // Whoever takes the call in hand is enough.
    window.types("李静华");
    window.press(Press::Enter);
    window.types(crate::support::PIN);
    window.press(Press::Enter);
    window.press(Press::F(7));
    window.press(Press::Char('t'));
    window.press(Press::Enter);
    window.press(Press::F(12));
    assert_eq!(calls(&window).len(), 1, "{:?}", calls(&window));
}

/// The look at a PIN takes its time, and somebody else may step up meanwhile.
#[test]
fn a_right_pin_lets_in_nobody_but_whose_it_is() {
    let mut window = Window::open(Role::Receptionist);
    let me = window.me;
    let card = CardRow {
        person: window.lobby.employ("周敏", Role::Supervisor),
        credential: card(0x77),
        state: CardState::Active,
    };
    let issued = window.lobby.books.issue_card(&card, window.at);
    issued.expect("a card");
    let steps_up: [fn(&mut Window); 2] = [
        |window| window.happens(tapped(0x77, window.at)),
        |window| {
            window.press(Press::Escape);
            window.types("周敏");
            window.press(Press::Enter);
        },
    ];
    for step_up in steps_up {
        window.press(Press::F(12));
        window.types("李静华");
        window.press(Press::Enter);
        window.types(crate::support::PIN);
        let looks = window.begins(Event::Pressed(Press::Enter));
        step_up(&mut window);
        let mut after = Vec::new();
        for look in looks {
            let (request, answer) = window.perform(look).expect("the look at a PIN");
            after.extend(window.begins(Event::Answered(request, answer)));
        }
        assert!(window.work().is_none(), "nobody works here yet");
        assert!(
            matches!(&after[..], [Effect::LogOut(doer)] if doer.person == me),
            "{after:?}"
        );
        window.press(Press::Escape);
    }
}

#[test]
fn a_desk_locks_itself_though_the_clock_was_set_back() {
    let mut window = Window::open(Role::Receptionist);
    let locks_after = window.house.locks_after;
    window.at -= minutes(3 * 60);
    let begun = window.begins(Event::TimerFired(Timer::Idle));
    let anew = Effect::StartTimer(Timer::Idle, locks_after);
    assert!(begun.contains(&anew), "{begun:?}");
    assert!(window.work().is_some());
    window.at += locks_after;
    window.happens(Event::TimerFired(Timer::Idle));
    assert!(window.work().is_none());
}
