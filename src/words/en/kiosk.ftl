# What the touch screen says.

# Around every page.
trial = TRIAL 试用
other-language = 中文
comfort = Large · low
further = More
back = Back
end = End
done = Done
confirm = Confirm
more-time = More time
still-there = Are you still there?
home-soon = seconds until the home screen
place-my-page = My page
place-type-number = Type a number
place-card = Your card
place-desk = Front desk
place-here = Self-service
wait = One moment, please

# Times as people say them.
date-short-day = { $weekday } { $day } { $month }
date-alone = { $day } { $month }
when-yesterday = { $time } yesterday
when-today = { $time } today
when-tomorrow = { $time } tomorrow
when-day = { $time } on { $day }
thing-labelled = { $name } { $label }
number = Number

# Home.
greeting-morning = Good morning
greeting-afternoon = Good afternoon
greeting-evening = Good evening
tap-hint = Have a card? Tap it any time
type-hint = Have a card? Type its number
borrow = Borrow
give-back = Return

# Devices that do not work.
notice-no-reader = The card reader is not working right now. Please type your card number.
notice-no-scanner = The scanner is not working right now. Please type the number.
notice-reader-out = The card reader is not working right now.
notice-scanner-out = The scanner is not working right now.
notice-no-printer = { $why } You can still borrow and return; slips print later.
notice-prints-elsewhere = Slips come out of the printer "{ $printer }" for now.
notice-paper-near-end = The slip paper is running low. You can still borrow and return.
paper-out = The printer is out of paper.
paper-cover-open = The printer cover is open.
paper-cutter = The printer's cutter is stuck.
paper-offline = The printer is off-line.
paper-stalled = The printer has stopped.
paper-unplugged = The printer is not connected.
paper-silent = The printer does not answer.

# My page.
my-hello = Hello, { $name }
my-tenant = { $tenant } · { $room }
my-mail = Mail for you
my-loans = What you have borrowed
my-keys = Keys you hold
my-nothing = You have nothing on loan right now.
my-next = What you can do
loan-due = Please return it by { $when }
loan-late = It was due at { $when }, please return it first
give-back-now = Return now
give-back-how = Scan the tag or the slip
key-line = Key · hook { $hook }
mail-line = { $kind } × { $count }
mail-detail = Shelf { $shelf } · arrived at { $when }
mail-letter = Letter
mail-printed-matter = Printed matter
mail-registered-letter = Registered letter
mail-registered-printed-matter = Registered printed matter
mail-airmail = Airmail
mail-parcel-slip = Parcel slip
mail-parcel = Parcel
mail-money-order = Money order
mail-newspaper = Newspaper
mail-magazine = Magazine
mail-express = Express

# What can be borrowed.
choose-title = What would you like?
choose-detail = Choose one, then tap your card.
offer-free = { $count } available
offer-free-tagged = { $count } available, scan the tag
offer-limit = You have { $count }, the most for one person
offer-overdue = Please return what is overdue first
offer-none-left = None here right now
offer-ask-desk = Please ask at the front desk

# Tap, scan, type.
to-borrow = To borrow: { $thing }
tap-title = Please tap your card
tap-detail = Hold it to the card reader. Visitors scan their slip.
scan-title = Please scan the tag
scan-detail = Take one and hold its tag to the scanner.
give-back-title = Please scan what you are returning
give-back-detail = Hold the code on its tag or on the slip to the scanner.
type-card = Type card number
type-number = Type number
type-card-title = Please type your card number
type-card-example = Ten digits on the card, or a number like 205,42220
type-card-wrong = We could not read that number. Please compare it with the card
type-tag-title = Please type the number on the tag
type-tag-example = For example UMB-0007
type-tag-wrong = We could not read that number. Please compare it with the tag
type-any-title = Please type the number on the tag or slip
type-any-example = For example UMB-0007 or A-1123-0042
erase = Delete

# Terms.
confirm-title = { $name }, please confirm
confirm-deposit = Deposit { $amount }, please leave it at the front desk
please-return = Please return it by { $when }

# It is yours.
borrowed-title = Borrowed, thank you
slip-printing = Printing your slip, one moment
slip-printed = Your slip is printed, please take it
badge-printing = Printing your badge, one moment
badge-printed = Your badge is printed, please wear it
slip-waiting = { $why } The slip prints later.
slip-unknown = The slip may not have come out. Please ask at the front desk.
trouble-title = Keep this number
trouble-note = Your loan is recorded. Sorry, the slip is not printed yet; the number is enough for the return.

# It is back.
returned-title = Returned, thank you
returned-number = Number { $number }
returned-by-another = Returned by another person; we made a note
returned-late = It came back late; we made a note
returned-to-desk = Please hand it to the front desk for a check
returned-to-desk-detail = Returned: { $thing }

# No, because; and what to do.
ask-desk = Please ask at the front desk.
choose-another = Please choose another one, or ask at the front desk.
hand-in = Please leave it at the front desk; they will see where it belongs.
refused-random-number = Sorry, phones do not work here
refused-random-number-why = A phone gives another number each time, so we cannot tell whose it is.
refused-random-number-next = Please tap your card instead.
refused-several-cards = More than one card was read
refused-several-cards-why = Cards held up together disturb each other.
refused-several-cards-next = Please take out the one you want and tap it alone.
refused-read-again = The card was not read completely
refused-read-again-why = It was taken away a moment too soon.
refused-read-again-next = Please take it away, then hold it up a little longer.
refused-other-card = Sorry, this kind of card cannot be read here
refused-other-card-why = It is not a card of this building.
refused-other-card-next = Please try another card, or ask at the front desk.
refused-not-proven = Sorry, the document could not be verified
refused-not-proven-why = The reader did not accept it as genuine.
refused-document = This is an identity document
refused-document-why = An access card is needed here; nothing of the document was kept.
refused-document-next = Please tap your access card; without one, ask at the front desk.
refused-unknown-card = Sorry, this card is not registered yet
refused-unknown-card-why = There is no record of this card here.
refused-unknown-card-next = Please register it at the front desk; it takes a moment.
refused-lost-card = Sorry, this card was reported lost
refused-lost-card-why = To protect its holder, a lost card cannot be used.
refused-lost-card-next = Please take the card to the front desk.
refused-expired-card = Sorry, this card is no longer valid
refused-expired-card-why = It has expired, or the visit it belongs to is over.
refused-expired-card-next = Please see the front desk; temporary cards are handed in there.
refused-tenant-moved = Sorry, this card is no longer in use
refused-tenant-moved-why = Its holder's company has left the building.
refused-seen-to = This visitor has been taken care of
refused-seen-to-why = The front desk has answered already, or the visitor has left.
refused-seen-to-next = There is nothing left for you to do.
refused-not-lent = Sorry, this cannot be borrowed now
refused-not-allowed = This card cannot be used to borrow: { $thing }.
refused-not-allowed-next = If you need it, please come to the front desk; we will find a way.
refused-limit = { $thing }: one person may have { $limit } at a time, and you have reached that number.
refused-limit-next = Return one on My page, or scan it here; then you can borrow again.
refused-given-today = Sorry, not a second time today
refused-given-today-why = { $thing }: you have been given today's already.
refused-given-today-next = You can have another tomorrow; if you need one today, please ask at the front desk.
refused-overdue = { $thing } was due at { $when }.
refused-overdue-next = Return it on My page, or scan it here; then you can borrow again.
refused-none-left = Sorry, there is none right now
refused-none-left-why = { $thing }: none can be lent right now.
refused-none-left-next = Please come back later, or ask at the front desk.
refused-unknown-tag = Sorry, we cannot find this number
refused-unknown-tag-why = It is not among the things we lend.
refused-unknown-tag-next = Please scan it again, or ask at the front desk.
refused-unknown-code = Sorry, this code is not known here
refused-unknown-code-why = It is neither an invitation nor a visitor slip.
refused-unknown-code-next = Please go back and scan an invitation or a visitor slip, or ask at the front desk.
refused-already-out = Sorry, this one is already on loan
refused-already-out-why = { $thing } is due back by { $when }.
refused-already-out-next = Please choose another; if you are holding it, please return it first.
refused-unknown-return-why = It is not among the things out on loan.
refused-unknown-return-next = Please scan it again, or hand it in at the front desk.
refused-never-lent = Sorry, we have no loan of this item
refused-already-returned = It is back already
refused-already-returned-why = { $thing } was returned at { $when }.
refused-already-returned-next = There is nothing left to do; if in doubt, please ask at the front desk.
refused-not-done = Sorry, that did not work
refused-not-done-why = The system did not answer in time.
refused-not-done-next = Please try again, or come to the front desk.
state-available = { $thing } is not out on loan.
state-on-loan = { $thing } is out on loan.
state-awaiting-check = { $thing } has just come back; the desk has yet to check it.
state-reserved = { $thing } is reserved for somebody else.
state-in-repair = { $thing } is being repaired.
state-retired = { $thing } is no longer lent.

# Nothing works here right now.
closed-title = Out of service
closed-detail = We are sorry. Please go to the front desk.
fault-cannot-write = Staff: nothing can be written. Check disk space and the data folder, see fault table F01.
fault-damaged = Staff: the database is damaged. Delete nothing, see fault table F02.

# The way to a company, and the desk.
call-desk = Call the desk
directory = Directory
directory-rooms = Room { $rooms }
directory-nothing = No companies are listed right now.
directory-find = Type a room or company
directory-find-how = A room, a company, pinyin or initials
directory-find-nothing = Nothing found. Please check the name, or call the desk.
directory-more = There are more; please type a few more letters
desk-called = The desk has been called
desk-called-detail = One moment, somebody will come to you.

# Typing and signing.
key-pinyin = 拼音
key-english = ABC
key-symbols = 123
key-code = Code
key-space = Space
key-shift = Shift
sign-here = Please sign on the line
sign-again = Sign again
sign-missing = Please sign first, then confirm.

# Mail.
collect-mail = Collect mail
collect-mail-count = { $count ->
    [one] 1 item waits
   *[other] { $count } items wait
}
mail-present = Tap your card, scan or type your code
mail-present-detail = A pick-up code has six digits
mail-offered = Everything waiting for you
mail-on-the-way = { $count ->
    [one] 1 item is on its way to you.
   *[other] { $count } items are on their way to you.
}
mail-under-way = Your mail is on its way to you
mail-under-way-how = { $count ->
    [one] 1 item is being delivered to your room.
   *[other] { $count } items are being delivered to your room.
}
mail-under-way-next = There is nothing for you to do here.
mail-take = Take it
mail-leave = Leave it
mail-collect = { $count ->
    [one] Take 1 item
   *[other] Take { $count } items
}
mail-withheld = Not for you to collect
mail-signatory-needed = An authorised signatory of the company has to collect this with a card.
mail-card-not-tapped = This needs the card itself; a typed number will not do.
mail-sign = Please sign for it
mail-sign-why = By signing you confirm that you have received:
mail-done = Please take your mail
mail-done-detail = You will find it on this shelf. Goodbye.
mail-done-shelves = You will find it on these shelves. Goodbye.
mail-shelf = Shelf
mail-taken = What you are taking
mail-left = { $count ->
    [one] 1 item stays here
   *[other] { $count } items stay here
}
mail-of-company = { $kind } · your company's
mail-on-behalf = { $kind } · for { $name }
mail-refused = Sorry, this cannot be collected now
mail-unknown-code = No mail with this code was found.
mail-nothing-waits = No mail for you right now.
mail-only-withheld = There is mail you cannot collect.
mail-not-given = One item ({ $kind }) was not given; please ask at the front desk.
mail-nothing-chosen = You have not chosen anything.
mail-signature-missing = These items have to be signed for.
mail-gone = This item ({ $kind }) has just been collected or moved.
mail-not-yours = This item ({ $kind }) is not for you to collect.
mail-wrong-code = Sorry, this code is not right
mail-wrong-code-why = { $count ->
    [one] Please check it; you can try once more.
   *[other] Please check it; you can try { $count } more times.
}
mail-misread = Sorry, the code could not be read
mail-misread-why = Please scan it again, or type its six digits.
mail-paused = Sorry, codes are not accepted right now
mail-paused-why = Several codes were wrong. Please try again after { $when }.
mail-again = Try again
mail-deputies = Who may collect for me
mail-deputies-how = A colleague takes your mail
mail-deputies-detail = These people may collect your mail.
mail-deputies-none = Nobody may collect your mail right now.
mail-deputy-given = They may collect your mail now.
mail-deputy-withdrawn = They may no longer collect your mail.
mail-new-deputy = Let a colleague collect
mail-withdraw = Withdraw
mail-name-deputy = Which colleague?
mail-name-deputy-detail = Type a name, or have your colleague tap a card
mail-found = Please choose
mail-deputy-terms = { $name } may collect
mail-covers = Which mail
mail-covers-all = All mail
mail-covers-unsigned = Mail without signature
mail-lasts = For how long
mail-lasts-once = Just this once
mail-lasts-today = Today
mail-lasts-on = Until I withdraw it
mail-until = until { $when }
mail-deputy-refused = Sorry, that was not done
mail-other-deputy = Choose somebody else
mail-deputy-not-permitted = You cannot do this here.
mail-deputy-same-person = You need no permission for your own mail; just tap your card.
mail-deputy-not-a-colleague = Only colleagues of your own company can be chosen here. For others, please ask at the front desk.
mail-deputy-over = This would cover nothing, or be over already.
mail-deputy-not-found = This permission has already ended; nothing is left to do.

# Questions at a return, several things in one go, keeping something longer, rain.
asking-title = Returned. A few questions
asking-detail = The return of { $thing } is recorded.
asking-whole = Is it undamaged?
asking-wiped = Did you wipe your data?
asking-part = Is the { $part } with it?
asking-all-parts = Are all its parts with it?
given-title = It is yours
given-detail = { $thing }, yours to keep.
renew = Keep longer
renewed-title = You may keep it longer
borrow-another = Borrow something else
so-far-lent = Also borrowed just now: { $things }
so-far-back = Also returned just now: { $things }
and-also = {", "}
returned-turned-up = We had written it off as lost: thank you for finding it
in-place-title = You may start now
in-place-until = Please use it until { $when }, then scan its tag again
in-place-over = All done, thank you
rain-title = Raining? Tap your card, take an umbrella
rain-hint = { $umbrella }: tap card, take one
rain-scan = { $umbrella }: tap card, scan one
rain-none-left = Raining, and no umbrella left
refused-reserved = { $thing } is reserved for somebody else from { $when }.
refused-not-renewed = Sorry, it cannot be kept longer
refused-not-yours = { $thing } is back already, or is not on your card.
refused-never-renewed = { $thing } cannot be kept longer.
refused-too-often = { $thing } can be renewed { $limit } times at most.
refused-renew-overdue = { $thing } is overdue. Please return it first.
refused-not-renewed-next = Please return it on time, or ask at the front desk.
state-lost = { $thing } was reported lost.
refused-not-inside = Sorry, nothing can be borrowed with this slip now
refused-not-inside-why = Visitors can borrow with their slip while they are inside.
refused-not-inside-next = Please sign in first, or ask at the front desk.

# Having something kept.
reserve = Reserve
reserve-how = For a time you choose
reserve-kind = What shall we keep for you?
reserve-day = Which day?
reserve-time = What time?
reserve-time-detail = { $thing } · { $day }
reserve-today = Today, { $day }
reserve-tomorrow = Tomorrow, { $day }
reserve-now = Now
reserve-span = { $from } – { $until }
reserve-free = { $count } free
reserve-taken = None free
reserve-own = You already have one at this time
reserve-nothing = Sorry, nothing can be reserved in the coming days. Please ask at the front desk.
reserved-title = It is reserved for you
reserved-fetch = Please fetch it by { $when }; after that it is free for others
reserved-ready = Ready now: tap your card and scan its tag. Free for others after { $when }
my-kept = Reserved for you
reserved-line-ready = { $when } · ready, scan its tag
reserved-line-not-here = { $when } · not ready yet, please ask at the front desk
reserve-cancel = Cancel
reserve-cancelled = Reservation cancelled
reserve-cancelled-detail = { $thing }, { $when }, is free for others now.
refused-not-reserved = Sorry, it cannot be reserved
refused-reserve-limit = { $thing }: you have as many reserved at that time as one person may ({ $limit }).
refused-reserve-limit-next = Please choose another time, or cancel the one you have.
refused-reserve-taken = { $thing }: none is free at that time; one is free again from { $when }.
refused-reserve-late = { $thing } was due at { $when } and is not back yet.
refused-reserve-none = { $thing } cannot be reserved for that time any more.
refused-reserve-another = Please choose another time, or ask at the front desk.
refused-reserve-gone = { $thing }: there is none left to reserve.
refused-reserve-never = { $thing } cannot be reserved.
refused-reserve-other = Please choose something else, or ask at the front desk.
