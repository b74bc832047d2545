#include "messages.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::list;

namespace {

constexpr Field sessionRequestFields[] = {
    field<&SessionRequest::user>("user", "The sign-in name"),
    field<&SessionRequest::password>("password", "The password"),
    field<&SessionRequest::device>("device", "A name for the person's list of devices"),
};

constexpr Field refreshRequestFields[] = {
    field<&RefreshRequest::refreshToken>("refreshToken", "The newest refresh token"),
};

constexpr Field sessionAnswerFields[] = {
    field<&SessionAnswer::accessToken>("accessToken", "For the Authorization header"),
    field<&SessionAnswer::accessExpiresInMs>("accessExpiresInMs", "How long the access token lasts"),
    field<&SessionAnswer::refreshToken>("refreshToken",
                                        "Replaces the one used; that stays good until this one is used"),
    field<&SessionAnswer::user>("user", "The sign-in name"),
    field<&SessionAnswer::displayName>("displayName", "The person's name"),
    field<&SessionAnswer::role>("role", "What the person is: buyer, finance, viewer, csr, admin, approver"),
    field<&SessionAnswer::seesPrices>("seesPrices", "False when prices are withheld"),
    field<&SessionAnswer::seesInvoices>("seesInvoices",
                                        "False when invoices, payments, credit and documents are withheld"),
    field<&SessionAnswer::supplier>("supplier", "Whose ERP this is"),
    field<&SessionAnswer::contact>("contact", "The key of the contact that this person is; empty: none"),
    field<&SessionAnswer::invitesPeople>("invitesPeople", "True for who may use /v1/users"),
    field<&SessionAnswer::speaksForSupplier>("speaksForSupplier", "True for the supplier's own people"),
    list<&SessionAnswer::notOffered>("notOffered", "What may not be asked for, since this ERP cannot do it"),
    field<&SessionAnswer::mustChangePassword>("mustChangePassword",
                                              "True until the person has chosen a password of their own"),
};

constexpr Field pageHeadFields[] = {
    field<&PageHead::from>("from", "Changes: the cursor asked for"),
    field<&PageHead::to>("to", "Changes: the cursor after this page. Snapshot: the token of the next page"),
    field<&PageHead::more>("more", "Something is known to follow"),
    field<&PageHead::total>("total",
                            "Snapshot: rows of this kind. Changes: still to come, this page included"),
    field<&PageHead::toSeq>("toSeq", "Changes: the place in the log that `to` stands for"),
    field<&PageHead::lagMs>("lagMs", "How far the gateway may be behind its ERP"),
    field<&PageHead::erpDown>("erpDown", "The gateway cannot reach its ERP"),
};

constexpr Field pageEndFields[] = {
    field<&PageEnd::count>("count", "How many changes the page holds"),
};

constexpr Field snapshotAnswerFields[] = {
    field<&SnapshotAnswer::cursor>("cursor", "Where replay goes on once every kind has been listed"),
    field<&SnapshotAnswer::listing>("listing", "For `next` of every kind's first page; empty: leave it out"),
};

constexpr Field liveFrameFields[] = {
    field<&LiveFrame::frame>("frame", "changes, pong, pull, outcomes, scope or bye"),
    field<&LiveFrame::from>("from", "The cursor before this range"),
    field<&LiveFrame::to>("to", "The cursor after this range"),
    field<&LiveFrame::toSeq>("toSeq", "The place in the log that `to` stands for"),
    field<&LiveFrame::ping>("ping", "Which ping is answered"),
    field<&LiveFrame::lagMs>("lagMs", "How far the gateway may be behind its ERP"),
    field<&LiveFrame::erpDown>("erpDown", "The gateway cannot reach its ERP"),
    field<&LiveFrame::reason>("reason", "bye: a problem type"),
};

constexpr Field livePingFields[] = {
    field<&LivePing::ping>("ping", "Rises; the pong repeats it"),
};

constexpr Field commandRefFields[] = {
    field<&CommandRef::command>("command", "The command's key"),
};

constexpr Field outcomesRequestFields[] = {
    list<&OutcomesRequest::commands>("commands", "Whose outcomes are wanted; at most 200"),
};

constexpr Field accountRefFields[] = {
    field<&AccountRef::account>("account", "The account's key"),
};

constexpr Field limitEntryFields[] = {
    field<&LimitEntry::account>("account", "The account's key, its branches included; empty: any other"),
    field<&LimitEntry::amount>("amount", "Whole units of the account's currency, with freight and tax"),
};

constexpr Field memberEntryFields[] = {
    field<&MemberEntry::user>("user", "The sign-in name; cannot be changed"),
    field<&MemberEntry::displayName>("displayName", "The person's name"),
    field<&MemberEntry::role>("role", "What the person is: buyer, finance, viewer, csr, admin, approver"),
    list<&MemberEntry::accounts>("accounts", "Accounts the person sees, their branches included"),
    field<&MemberEntry::pricesWithheld>("pricesWithheld", "Prices are withheld, whatever the role"),
    field<&MemberEntry::invoicesWithheld>("invoicesWithheld", "Invoices are withheld, whatever the role"),
    field<&MemberEntry::disabled>("disabled", "The person may not sign in"),
    field<&MemberEntry::invited>("invited", "The person has not chosen a password yet; only told"),
    list<&MemberEntry::limits>("limits", "What the person orders, or approves, without anybody else"),
    field<&MemberEntry::setsLimits>("setsLimits", "The limits replace what was; only sent"),
};

constexpr Field memberListFields[] = {
    list<&MemberList::members>("members", "People, by their sign-in names"),
    field<&MemberList::more>("more", "Ask again, after the last one"),
};

constexpr Field invitationAnswerFields[] = {
    field<&InvitationAnswer::user>("user", "The sign-in name"),
    field<&InvitationAnswer::firstPassword>("firstPassword",
                                            "To be handed over; the person has to choose another"),
    field<&InvitationAnswer::expiresInMs>("expiresInMs", "How long the first password lasts"),
};

constexpr Field passwordChangeFields[] = {
    field<&PasswordChange::password>("password", "The password as it is now"),
    field<&PasswordChange::newPassword>("newPassword", "The one to be; at least 12 characters"),
};

constexpr Field problemFields[] = {
    field<&Problem::typeUri>("type", "What kind of problem, a stable URN"),
    field<&Problem::title>("title", "The kind in words"),
    field<&Problem::status>("status", "The HTTP status"),
    field<&Problem::detail>("detail", "This occurrence in words"),
    field<&Problem::requestId>("requestId", "How the gateway's log names this exchange"),
    field<&Problem::retryAfterMs>("retryAfterMs", "When to try again; 0: the client decides"),
    list<&Problem::added>("added", "scope-changed: accounts gained"),
    list<&Problem::removed>("removed", "scope-changed: accounts lost"),
    field<&Problem::redactionsChanged>("redactionsChanged", "scope-changed: what is withheld differs"),
};

} // namespace

using FieldTable::create;

constinit const RecordType SessionRequest::type{"sessionRequest", "sessionRequests", sessionRequestFields,
                                                &create<SessionRequest>};
constinit const RecordType RefreshRequest::type{"refreshRequest", "refreshRequests", refreshRequestFields,
                                                &create<RefreshRequest>};
constinit const RecordType SessionAnswer::type{"sessionAnswer", "sessionAnswers", sessionAnswerFields,
                                               &create<SessionAnswer>};
constinit const RecordType PageHead::type{"pageHead", "pageHeads", pageHeadFields, &create<PageHead>};
constinit const RecordType PageEnd::type{"pageEnd", "pageEnds", pageEndFields, &create<PageEnd>};
constinit const RecordType SnapshotAnswer::type{"snapshotAnswer", "snapshotAnswers", snapshotAnswerFields,
                                                &create<SnapshotAnswer>};
constinit const RecordType LiveFrame::type{"liveFrame", "liveFrames", liveFrameFields, &create<LiveFrame>};
constinit const RecordType LivePing::type{"livePing", "livePings", livePingFields, &create<LivePing>};
constinit const RecordType CommandRef::type{"commandRef", "commandRefs", commandRefFields,
                                            &create<CommandRef>};
constinit const RecordType OutcomesRequest::type{"outcomesRequest", "outcomesRequests", outcomesRequestFields,
                                                 &create<OutcomesRequest>};
constinit const RecordType AccountRef::type{"accountRef", "accountRefs", accountRefFields,
                                            &create<AccountRef>};
constinit const RecordType LimitEntry::type{"limitEntry", "limitEntries", limitEntryFields,
                                            &create<LimitEntry>};
constinit const RecordType MemberEntry::type{"member", "members", memberEntryFields, &create<MemberEntry>};
constinit const RecordType MemberList::type{"memberList", "memberLists", memberListFields,
                                            &create<MemberList>};
constinit const RecordType InvitationAnswer::type{"invitationAnswer", "invitationAnswers",
                                                  invitationAnswerFields, &create<InvitationAnswer>};
constinit const RecordType PasswordChange::type{"passwordChange", "passwordChanges", passwordChangeFields,
                                                &create<PasswordChange>};
constinit const RecordType Problem::type{"problem", "problems", problemFields, &create<Problem>};

} // namespace Counterfoil
