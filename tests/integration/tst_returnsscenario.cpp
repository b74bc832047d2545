#include "attachmentport.h"
#include "attachmentrules.h"
#include "buyer.h"
#include "database.h"
#include "document.h"
#include "message.h"
#include "returnoffer.h"
#include "testentry.h"
#include "workqueue.h"

#include <QCryptographicHash>
#include <QFile>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;
using State = OutboxEntry::State;

namespace {

constexpr int fastDays = 120; // of the company in a minute, once goods travel
const SystemClock wallClock;

QString money(Amount amount)
{
    return QString::number(amount.minor / 100) + u'.'
        + QStringLiteral("%1").arg(amount.minor % 100, 2, 10, QLatin1Char('0'));
}

} // namespace

// The whole life of a return, a step a point of what it is to do: the real client library, the real gateway,
// the sandbox company. Prints what was asked, what was answered, and what the company's own file says of it;
// the exit code is the verdict.
class ReturnsScenario : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aReturnIsAskedFor();
    void theSameUnitsOnTwoMachines();
    void aPhotoGoesWithIt();
    void filesThatAreNotTaken();
    void bothSidesWrite();
    void itIsDecidedAndChanged();
    void anotherIsRefused();
    void theLabelIsThere();
    void theRulesChange();
    void itIsCreditedAsExpected();
    void nothingCameBackTwice();

private:
    std::int64_t count(const std::string &sql) const
    {
        auto store = Sqlite::Database::open(m_gateway.erpFile(), Sqlite::Database::Mode::ReadOnly);
        const auto value = store ? store->integer(sql) : Result<std::int64_t>(store.error());
        return value ? *value : -1;
    }
    std::int64_t returnsOf(const std::string &order) const
    {
        return count("SELECT count(*) FROM returns WHERE \"order\"='" + order + "'");
    }
    std::unique_ptr<Buyer> signedIn(const char *user) const
    {
        auto buyer = std::make_unique<Buyer>(m_gateway);
        buyer->user = QString::fromLatin1(user);
        buyer->signIn();
        return QTest::qWaitFor([&] { return buyer->is(Mode::Live); }, answerMs) ? std::move(buyer) : nullptr;
    }
    template <class T> static std::optional<T> find(const Buyer &buyer, const std::string &key)
    {
        CacheReader reader(buyer.client->profile().cachePath());
        const auto row = reader.byKey(T::type, key);
        return row && *row ? std::optional(*(*row)->record.template as<T>()) : std::nullopt;
    }
    std::optional<ReturnOffer> offer(const Buyer &buyer, const std::string &reason, int units)
    {
        const auto found = returnOffer(buyer, reason, units, m_used);
        if (found)
            m_used.insert(found->about.order.key);
        return found;
    }
    static QString ask(const Buyer &buyer, const Return &wanted)
    {
        Command command;
        command.verb = "request";
        command.kind = &Return::type;
        command.account = wanted.account;
        command.record = AnyRecord(std::make_shared<Return>(wanted));
        return buyer.submit(command);
    }
    static QString decide(const Buyer &rep, const Return &seen, const Return &decided)
    {
        Command command;
        command.verb = "decide";
        command.kind = &Return::type;
        command.account = seen.account;
        command.target = seen.key;
        command.base = AnyRecord(std::make_shared<Return>(seen));
        command.record = AnyRecord(std::make_shared<Return>(decided));
        return rep.submit(command);
    }
    static QString say(const Buyer &who, const Return &about, const char *text, bool fromSupplier,
                       const std::vector<Attachment> &files = {})
    {
        Message message;
        message.ofReturn = about.key;
        message.text = text;
        message.fromSupplier = fromSupplier;
        message.attachments = files;
        Command command;
        command.verb = "save";
        command.kind = &Message::type;
        command.account = about.account;
        command.record = AnyRecord(std::make_shared<Message>(message));
        return who.submit(command);
    }
    // Asked for, done, and come back by the feed.
    static std::optional<Return> made(const Buyer &buyer, const QString &key)
    {
        const auto came = [&] {
            const auto entry = buyer.entry(key);
            return entry && entry->isFinished()
                && (entry->state != State::Applied || find<Return>(buyer, entry->outcome.target));
        };
        if (!QTest::qWaitFor(came, answerMs) || buyer.entry(key)->state != State::Applied)
            return std::nullopt;
        return find<Return>(buyer, buyer.entry(key)->outcome.target);
    }
    static std::vector<Message> messagesOf(const Buyer &who, const std::string &key)
    {
        CacheReader reader(who.client->profile().cachePath());
        std::vector<Message> found;
        const auto rows = reader.byField(Message::type, "return", key);
        for (std::size_t i = 0; rows && i < rows->size(); ++i) {
            if (const auto whole = find<Message>(who, (*rows)[i].record.as<Message>()->key))
                found.push_back(*whole);
        }
        return found;
    }
    GatewayProcess m_gateway{200};
    QTemporaryDir m_folder;
    const QString m_terms = m_folder.filePath(QStringLiteral("terms.toml"));
    std::set<std::string> m_used; // orders
    Return m_return;              // that goes through its whole life
    Return m_photographed;
};

void ReturnsScenario::initTestCase()
{
    const QStringList account{QStringLiteral("--account"), QStringLiteral("A-10001")}; // with its branches
    QVERIFY(writeTerms(m_terms, "15%"));
    m_gateway.setConfiguration(m_terms);
    QVERIFY(m_gateway.addUser(QStringLiteral("mia"), QStringLiteral("buyer"), account));
    QVERIFY(m_gateway.addUser(QStringLiteral("lou"), QStringLiteral("buyer"), account));
    QVERIFY(m_gateway.addUser(QStringLiteral("ray"), QStringLiteral("csr")));
    QVERIFY(m_gateway.start(0));
    write(QStringLiteral("ASKED"), QStringLiteral("ANSWERED"), QStringLiteral("AT THE ERP"));
}

// 1
void ReturnsScenario::aReturnIsAskedFor()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto found = offer(*mia, "wrong-sent", 2);
    QVERIFY(found);
    const Return wanted
        = wantedOf(found->about, found->line.orderLine, Decimal::fromInteger(2), "wrong-sent");
    QVERIFY(objectionsTo(wanted, found->about.facts(wallClock.now())).empty());
    const auto record = made(*mia, ask(*mia, wanted));
    QVERIFY(record);
    m_return = *record;
    QCOMPARE(m_return.expectedCredit, wanted.expectedCredit); // as it was shown before
    QVERIFY(m_return.number.starts_with("RMA-") && !m_return.routedTo.empty());
    QCOMPARE(returnsOf(m_return.order), 1);
    write(QStringLiteral("1 two of a line, sent by mistake"),
          QStringLiteral("%1, %2 expected, goes to %3")
              .arg(QString::fromStdString(m_return.number), money(m_return.expectedCredit),
                   QString::fromStdString(m_return.routedTo)),
          QStringLiteral("1 return"));
    const auto lou = signedIn("lou");
    QVERIFY(lou);
    Return more = wanted;
    more.lines[0].quantity = found->line.returnable;
    const auto about = returnCaseOf(*lou, m_return.order);
    const auto objections = objectionsTo(more, about->facts(wallClock.now()));
    QVERIFY(!objections.empty()); // said before anything is asked for
    const QString key = ask(*lou, more);
    QTRY_VERIFY_WITH_TIMEOUT(lou->ended(key), answerMs);
    QCOMPARE(lou->entry(key)->state, State::Rejected);
    QVERIFY(QString::fromStdString(lou->entry(key)->outcome.reason).contains(sentenceOf(objections.front())));
    write(QStringLiteral("1 more than can come back"), sentenceOf(objections.front()),
          QStringLiteral("%1 return").arg(returnsOf(m_return.order)));
}

// Bad input: the same units at once, on two machines without a network.
void ReturnsScenario::theSameUnitsOnTwoMachines()
{
    const auto mia = signedIn("mia");
    const auto lou = signedIn("lou");
    QVERIFY(mia && lou);
    const auto found = offer(*mia, "wrong-sent", 1);
    QVERIFY(found);
    const Return all = wantedOf(found->about, found->line.orderLine, found->line.returnable, "wrong-sent");
    for (const Buyer *who : {mia.get(), lou.get()})
        who->client->sync().setConnected(false);
    QTRY_VERIFY_WITH_TIMEOUT(!mia->is(Mode::Live) && !lou->is(Mode::Live), answerMs);
    const QString first = ask(*mia, all);
    const QString second = ask(*lou, all);
    QTRY_VERIFY_WITH_TIMEOUT(mia->entry(first) && lou->entry(second), answerMs);
    for (const Buyer *who : {mia.get(), lou.get()})
        who->client->sync().setConnected(true);
    QTRY_VERIFY_WITH_TIMEOUT(mia->ended(first) && lou->ended(second), answerMs);
    const auto one = *mia->entry(first);
    const auto other = *lou->entry(second);
    QVERIFY((one.state == State::Applied) != (other.state == State::Applied));
    const auto &refused = one.state == State::Applied ? other : one;
    QCOMPARE(refused.outcome.reasonCode, std::string("returned"));
    QCOMPARE(returnsOf(all.order), 1);
    write(QStringLiteral("1 the same units on two machines, offline"),
          QString::fromStdString(refused.outcome.reason), QStringLiteral("1 return"));
}

// 1: added offline, the person's own file gone, the line cut while it is sent.
void ReturnsScenario::aPhotoGoesWithIt()
{
    const auto mia = signedIn("mia");
    const auto ray = signedIn("ray");
    QVERIFY(mia && ray);
    const auto found = offer(*mia, "damaged", 1);
    QVERIFY(found);
    Return wanted = wantedOf(found->about, found->line.orderLine, Decimal::fromInteger(1), "damaged");
    const auto objections = objectionsTo(wanted, found->about.facts(wallClock.now()));
    QCOMPARE(objections.size(), 1U);
    QCOMPARE(objections.front().code, std::string("photo-missing"));
    write(QStringLiteral("1 damaged, without a photo"), sentenceOf(objections.front()),
          QStringLiteral("%1 returns").arg(returnsOf(wanted.order)));
    mia->client->sync().setConnected(false);
    QTRY_VERIFY_WITH_TIMEOUT(!mia->is(Mode::Live), answerMs);
    const QString path
        = fileIn(m_folder, QStringLiteral("dent.jpg"), QByteArray("\xff\xd8\xff\xe0", 4), 6'000'000);
    const QString digest = digestOf(path);
    const auto photo = added(*mia, path);
    QVERIFY(photo && QFile::remove(path));
    wanted.attachments = {*photo};
    const QString key = ask(*mia, wanted);
    QTRY_VERIFY_WITH_TIMEOUT(mia->entry(key), answerMs);
    mia->client->sync().setConnected(true);
    int cuts = 0;
    for (; cuts < 4 && !mia->ended(key); ++cuts) {
        const int accepted = mia->proxy.connections();
        mia->proxy.cutAll();
        mia->client->sync().retryNow();
        (void)QTest::qWaitFor([&] { return mia->proxy.connections() > accepted; }, 1'000);
    }
    const auto record = made(*mia, key);
    QVERIFY(record && record->attachments.size() == 1);
    m_photographed = *record;
    QTRY_VERIFY_WITH_TIMEOUT(find<Return>(*ray, record->key), answerMs);
    QSignalSpy ready(&ray->client->attachments(), &AttachmentPort::ready);
    ray->client->attachments().want(record->attachments.front());
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, answerMs);
    QCOMPARE(digestOf(ready[0][1].toString()), digest);
    write(QStringLiteral("1 a photo of 6 MB, offline, cut %1 times").arg(cuts),
          QStringLiteral("%1, and the rep opens it").arg(QString::fromStdString(record->number)),
          QStringLiteral("1 return, 1 photo"));
}

// Bad input
void ReturnsScenario::filesThatAreNotTaken()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const QString huge = fileIn(m_folder, QStringLiteral("huge.jpg"), QByteArray("\xff\xd8\xff\xe0", 4), 64);
    QVERIFY(QFile::resize(huge, 200LL * 1024 * 1024));
    const QString program = fileIn(m_folder, QStringLiteral("invoice.pdf"), "MZ\x90", 4'000);
    for (const QString &path : {huge, program}) {
        QString why;
        QVERIFY(!added(*mia, path, &why));
        QVERIFY(!why.isEmpty());
        write(path == huge ? QStringLiteral("1 a photo of 200 MB") : QStringLiteral("1 a program called PDF"),
              why, QStringLiteral("nothing was sent"));
    }
}

// 1
void ReturnsScenario::bothSidesWrite()
{
    const auto mia = signedIn("mia");
    const auto ray = signedIn("ray");
    QVERIFY(mia && ray && !m_return.key.empty());
    CacheReader reader(ray->client->profile().cachePath());
    const auto queue = WorkQueue(reader).read({}, wallClock.now());
    QVERIFY(queue);
    const auto waits = std::ranges::count_if(queue->items, [this](const WorkQueue::Item &item) {
        const auto *record = item.record.as<Return>();
        return record && record->key == m_return.key;
    });
    QCOMPARE(waits, 1);
    write(QStringLiteral("5 what needs the rep"),
          QStringLiteral("%1 returns to decide, this one among them")
              .arg(queue->counts[static_cast<std::size_t>(WorkReason::ToDecide)]),
          QStringLiteral("none: read offline"));
    const QString asked = say(*ray, m_return, "Is the box still sealed?", true);
    QTRY_VERIFY_WITH_TIMEOUT(!messagesOf(*mia, m_return.key).empty(), answerMs);
    const auto paper = added(*mia, fileIn(m_folder, QStringLiteral("slip.pdf"), "%PDF-1.7\n", 2'000));
    QVERIFY(paper);
    const QString answered = say(*mia, m_return, "It is, see the slip.", false, {*paper});
    QTRY_COMPARE_WITH_TIMEOUT(messagesOf(*ray, m_return.key).size(), 2U, answerMs);
    const auto all = messagesOf(*ray, m_return.key);
    QVERIFY(std::ranges::any_of(all, [](const Message &each) { return each.fromSupplier; }));
    QVERIFY(std::ranges::any_of(all, [](const Message &each) { return each.attachments.size() == 1; }));
    QTRY_VERIFY_WITH_TIMEOUT(ray->ended(asked) && mia->ended(answered), answerMs);
    write(QStringLiteral("1 both sides write, one with a PDF"), QStringLiteral("2 messages"),
          QStringLiteral("2 messages"));
    const QString pretending = say(*mia, m_return, "All of it is authorised.", true);
    QTRY_VERIFY_WITH_TIMEOUT(mia->ended(pretending), answerMs);
    QCOMPARE(mia->entry(pretending)->state, State::Rejected);
    write(QStringLiteral("1 a buyer writes as the supplier"),
          QString::fromStdString(mia->entry(pretending)->outcome.reasonCode), QStringLiteral("2 messages"));
}

// 2
void ReturnsScenario::itIsDecidedAndChanged()
{
    const auto mia = signedIn("mia");
    const auto ray = signedIn("ray");
    QVERIFY(mia && ray && !m_return.key.empty());
    const Return seen = *find<Return>(*ray, m_return.key);
    Return part = seen;
    part.lines[0].authorised = Decimal::fromInteger(1);
    part.lines[0].disposition = "restock";
    const QString unexplained = decide(*ray, seen, part);
    QTRY_VERIFY_WITH_TIMEOUT(ray->ended(unexplained), answerMs);
    QCOMPARE(ray->entry(unexplained)->state, State::Rejected);
    write(QStringLiteral("2 one of two, without a reason"),
          QString::fromStdString(ray->entry(unexplained)->outcome.reason), QStringLiteral("undecided"));
    part.lines[0].refusal = "One was used.";
    const QString own = decide(*mia, seen, part);
    QTRY_VERIFY_WITH_TIMEOUT(mia->ended(own), answerMs);
    QCOMPARE(mia->entry(own)->state, State::Rejected);
    write(QStringLiteral("2 decided by who asked for it"),
          QString::fromStdString(mia->entry(own)->outcome.reasonCode), QStringLiteral("undecided"));
    const auto decided = made(*ray, decide(*ray, seen, part));
    QVERIFY(decided);
    QTRY_COMPARE_WITH_TIMEOUT(find<Return>(*mia, m_return.key)->status, std::string(ReturnStatus::authorised),
                              answerMs);
    const Return half = *find<Return>(*mia, m_return.key);
    QVERIFY(half.expectedCredit < m_return.expectedCredit);
    QCOMPARE(half.lines[0].refusal, std::string("One was used."));
    write(QStringLiteral("2 one of two, with a reason"),
          QStringLiteral("authorised, %1 expected").arg(money(half.expectedCredit)),
          QStringLiteral("1 unit authorised"));
    Return whole = half;
    whole.lines[0].authorised = whole.lines[0].quantity;
    whole.lines[0].refusal.clear();
    QVERIFY(made(*ray, decide(*ray, half, whole)));
    QTRY_COMPARE_WITH_TIMEOUT(find<Return>(*mia, m_return.key)->expectedCredit, m_return.expectedCredit,
                              answerMs);
    m_return = *find<Return>(*mia, m_return.key);
    write(QStringLiteral("2 changed: both after all"),
          QStringLiteral("authorised, %1 expected").arg(money(m_return.expectedCredit)),
          QStringLiteral("2 units authorised"));
}

// 2, of which a rep's decision carries the buyer's photo
void ReturnsScenario::anotherIsRefused()
{
    const auto mia = signedIn("mia");
    const auto ray = signedIn("ray");
    QVERIFY(mia && ray && !m_photographed.key.empty());
    const Return seen = *find<Return>(*ray, m_photographed.key);
    Return no = seen;
    no.refusal = "The parcel was signed for as sound.";
    const QString key = decide(*ray, seen, no);
    QTRY_VERIFY_WITH_TIMEOUT(ray->ended(key), answerMs);
    QCOMPARE(ray->entry(key)->state, State::Applied);
    QTRY_COMPARE_WITH_TIMEOUT(find<Return>(*mia, seen.key)->status, std::string(ReturnStatus::refused),
                              answerMs);
    QCOMPARE(find<Return>(*mia, seen.key)->refusal, no.refusal);
    write(QStringLiteral("2 refused, with a reason"), QString::fromStdString(no.refusal),
          QStringLiteral("refused"));
}

// 2
void ReturnsScenario::theLabelIsThere()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia && !m_return.key.empty());
    CacheReader reader(mia->client->profile().cachePath());
    const auto papers = reader.byField(Document::type, "returned", m_return.key);
    QVERIFY2(papers && papers->size() == 1, papers ? "" : qPrintable(papers.error().detail));
    const auto *label = papers->front().record.as<Document>();
    QSignalSpy ready(&mia->client->documents(), &DocumentPort::ready);
    mia->client->documents().want(QString::fromStdString(label->key));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, answerMs);
    QFile pdf(ready[0][1].toString());
    QVERIFY(pdf.open(QIODevice::ReadOnly) && pdf.read(5) == "%PDF-");
    write(QStringLiteral("2 the label"), // tst_returnlabel reads its barcode
          QStringLiteral("%1, a PDF of %2 bytes").arg(QString::fromStdString(label->number)).arg(pdf.size()),
          QStringLiteral("1 paper"));
}

// 3: in the supplier's file, while the gateway runs
void ReturnsScenario::theRulesChange()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto feeNow = [&mia] {
        const auto rules = mia->all(ReturnRules::type);
        const auto whole = rules && !rules->empty()
            ? find<ReturnRules>(*mia, rules->front().record.as<ReturnRules>()->key)
            : std::nullopt;
        const auto *reason = whole ? whole->findReason("surplus") : nullptr;
        return reason ? reason->feeBasisPoints : -1;
    };
    QCOMPARE(feeNow(), 1'500);
    QVERIFY(writeTerms(m_terms, "10%"));
    QTRY_COMPARE_WITH_TIMEOUT(feeNow(), 1'000, answerMs);
    write(QStringLiteral("3 another fee in the supplier's file"), QStringLiteral("15 % → 10 %, no restart"),
          QStringLiteral("1 set of terms"));
}

// 1: received, inspected, credited, by the company itself.
void ReturnsScenario::itIsCreditedAsExpected()
{
    QVERIFY(!m_return.key.empty());
    m_gateway.kill();
    QVERIFY(m_gateway.start(0, fastDays));
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    const auto now = [&] { return find<Return>(*mia, m_return.key).value_or(Return()); };
    QTRY_VERIFY_WITH_TIMEOUT(!now().open, answerMs);
    const Return end = now();
    QCOMPARE(end.status, std::string(ReturnStatus::credited));
    const auto &line = end.lines[0];
    QVERIFY(line.received <= line.authorised && line.accepted <= line.received && !line.disposition.empty());
    QVERIFY(end.postedCredit <= end.expectedCredit);
    QVERIFY(end.postedCredit == end.expectedCredit || !end.creditRemark.empty());
    Amount memos;
    const auto invoices = mia->all(Invoice::type);
    for (std::size_t i = 0; invoices && i < invoices->size(); ++i) {
        const auto *memo = (*invoices)[i].record.as<Invoice>();
        if (memo->credit && memo->ofReturn == end.key)
            memos += memo->total;
    }
    QCOMPARE(memos.minor, -end.postedCredit.minor);
    QString told = QStringLiteral("%1 credited of %2 expected")
                       .arg(money(end.postedCredit), money(end.expectedCredit));
    if (!end.creditRemark.empty())
        told += QStringLiteral(": ") + QString::fromStdString(end.creditRemark);
    write(QStringLiteral("1 sent, received, inspected, credited"), told,
          QStringLiteral("memo %1").arg(QString::fromStdString(end.creditMemoNumber)));
    QStringList events;
    for (const ReturnEvent &event : end.events)
        events.append(QString::fromStdString(event.code));
    write(QStringLiteral("1 its events, with times"), events.join(QStringLiteral(" → ")),
          QStringLiteral("%1 events").arg(events.size()));
}

// No over-credit ever, of all that mia may see.
void ReturnsScenario::nothingCameBackTwice()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia);
    std::map<std::pair<std::string, std::int64_t>, Decimal> back;
    std::map<std::string, Amount> credited;
    std::map<std::string, Amount> charged;
    std::size_t returns = 0;
    const auto all = mia->all(Return::type);
    for (std::size_t i = 0; all && i < all->size(); ++i) {
        const Return record = *find<Return>(*mia, (*all)[i].record.as<Return>()->key);
        for (const ReturnLine &line : record.lines)
            back[{record.order, line.orderLine}] += unitsHeld(record, line);
        ++returns;
    }
    for (const auto &[where, units] : back) {
        const auto order = find<Order>(*mia, where.first);
        const auto line = std::ranges::find(order->lines, where.second, &OrderLine::lineNumber);
        QVERIFY(line != order->lines.end() && units <= line->shipped);
    }
    const auto invoices = mia->all(Invoice::type);
    for (std::size_t i = 0; invoices && i < invoices->size(); ++i) {
        const auto *invoice = (*invoices)[i].record.as<Invoice>();
        if (invoice->credit)
            credited[invoice->creditedInvoice] += invoice->total;
        else
            charged[invoice->key] = invoice->total;
    }
    for (const auto &[key, amount] : credited)
        QVERIFY(key.empty() || -amount.minor <= charged[key].minor);
    write(QStringLiteral("all returns, all credit memos"),
          QStringLiteral("%1 returns, %2 invoices with credit").arg(returns).arg(credited.size()),
          QStringLiteral("never more than shipped or charged"));
}

CORE_TEST(ReturnsScenario)
#include "tst_returnsscenario.moc"
