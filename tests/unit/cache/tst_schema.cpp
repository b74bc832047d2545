#include "database.h"
#include "recordlayout.h"
#include "recordrows.h"
#include "schema.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Counterfoil;

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

namespace {

using FieldTable::field;
using FieldTable::list;

// One kind as three releases of the program know it.
struct Piece
{
    std::string name;
    std::string colour = "it's red";

    static const RecordType first;
    static const RecordType second;
    static const RecordType &type;
};

struct Thing
{
    std::string key;
    std::string account;
    std::string title;
    std::int64_t count = 0;
    Instant since;
    std::vector<Piece> pieces;
    std::string note = "none";
};

constexpr Field firstPiece[] = {field<&Piece::name>("name", "Name", Searchable)};
constexpr Field secondPiece[] = {
    field<&Piece::name>("name", "Name", Searchable),
    field<&Piece::colour>("colour", "Colour", Searchable),
};
const RecordType Piece::first{"piece", "pieces", firstPiece, &FieldTable::create<Piece>};
const RecordType Piece::second{"piece", "pieces", secondPiece, &FieldTable::create<Piece>};
const RecordType &Piece::type = Piece::first;

Field piecesOf(const RecordType &type)
{
    Field field = list<&Thing::pieces>("pieces", "Pieces", Searchable);
    field.element = &type;
    return field;
}

const Field firstFields[] = {
    field<&Thing::key>("key", "Key", Key),
    field<&Thing::account>("account", "Account", AccountKey),
    field<&Thing::title>("title", "Title", Searchable | Sortable),
    field<&Thing::count>("count", "Count", Sortable),
    piecesOf(Piece::first),
};
// `count` is gone; `since`, `note` and the pieces' colour are new.
const Field secondFields[] = {
    field<&Thing::key>("key", "Key", Key),
    field<&Thing::account>("account", "Account", AccountKey),
    field<&Thing::title>("title", "Title", Searchable | Sortable),
    field<&Thing::since>("since", "Since", Sortable),
    field<&Thing::note>("note", "Note", Searchable),
    piecesOf(Piece::second),
};
// `title` has become a number.
const Field thirdFields[] = {
    field<&Thing::key>("key", "Key", Key),
    field<&Thing::account>("account", "Account", AccountKey),
    field<&Thing::count>("title", "Title", Sortable),
};
const RecordType firstThing{"thing", "things", firstFields, &FieldTable::create<Thing>};
const RecordType secondThing{"thing", "things", secondFields, &FieldTable::create<Thing>};
const RecordType thirdThing{"thing", "things", thirdFields, &FieldTable::create<Thing>};

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void neverChangesReleasedMigrations();
    void bringsEveryReleasedSchemaAlong();
    void laysOutAKind();
    void addsAndDropsColumns();
    void beginsAFillUnderWayAgain();
    void makesAKindAnewWhenATypeChanged();
    void dropsAKindThatNobodyKnows();
    void leavesAnEqualSchemaAlone();

private:
    Outcome bring(const RecordType &type);
    Outcome store(const RecordType &type, const std::string &key);
    std::int64_t integer(const char *sql) { return *m_database->integer(sql); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Sqlite::Database> m_database;
};

void TestSchema::init()
{
    m_database.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    auto database
        = Sqlite::Database::open(m_dir->filePath(QStringLiteral("x.db")), Sqlite::Database::Mode::ReadWrite);
    VERIFY_OK(database);
    m_database = std::make_unique<Sqlite::Database>(std::move(*database));
}

Outcome TestSchema::bring(const RecordType &type)
{
    const RecordType *kinds[] = {&type};
    return Schema::bringUpToDate(*m_database, kinds);
}

Outcome TestSchema::store(const RecordType &type, const std::string &key)
{
    RecordStore store(*m_database, type);
    auto thing = std::make_shared<Thing>();
    thing->key = key;
    thing->title = "Title of " + key;
    thing->pieces.push_back({"piece of " + key});
    Change change;
    change.kind = &type;
    change.key = key;
    change.account = "a";
    change.sequence = 1;
    change.record = AnyRecord(type);
    *static_cast<Thing *>(change.record.data()) = *thing;
    const auto id = store.store(change, 1, std::nullopt);
    if (!id)
        return id.error();
    return Done();
}

// A released script is for ever: files out there were made with it. A change is a new script.
void TestSchema::neverChangesReleasedMigrations()
{
    const char *released[] = {"e741e", "525f7", "75c58", "1fb22"};
    QCOMPARE(Schema::migrations().size(), std::size(released));
    for (std::size_t i = 0; i < std::size(released); ++i) {
        const std::string &script = Schema::migrations()[i];
        const auto digest
            = QCryptographicHash::hash(QByteArray::fromStdString(script), QCryptographicHash::Sha256);
        QCOMPARE(QString::fromLatin1(digest.toHex().left(5)), QString::fromLatin1(released[i]));
    }
}

// A file of each release, with something in it, becomes one of today.
void TestSchema::bringsEveryReleasedSchemaAlong()
{
    const auto scripts = Schema::migrations();
    for (std::size_t release = 1; release < scripts.size(); ++release) {
        init();
        for (std::size_t i = 0; i < release; ++i)
            VERIFY_OK(m_database->execute(scripts[i]));
        VERIFY_OK(m_database->execute("PRAGMA user_version=" + std::to_string(release)
                                      + "; UPDATE sync SET cursor='c7', filling=1, scrub=2"));
        VERIFY_OK(bring(firstThing));
        QCOMPARE(integer("PRAGMA user_version"), static_cast<std::int64_t>(scripts.size()));
        QCOMPARE(integer("SELECT cursor='c7' AND filling=1 AND scrub=2 FROM sync"), 1);
        QCOMPARE(integer("SELECT covered=0 AND listing='' FROM sync"), 1);
    }
}

void TestSchema::laysOutAKind()
{
    const KindLayout layout(firstThing);
    QStringList statements;
    for (const std::string &sql : layout.createSql())
        statements.append(QString::fromStdString(sql));
    const QStringList expected{
        QStringLiteral(
            R"(CREATE TABLE "things"("_id" INTEGER PRIMARY KEY AUTOINCREMENT, )"
            R"("_version" INTEGER NOT NULL DEFAULT 0, "_seq" INTEGER NOT NULL DEFAULT 0, )"
            R"("_time" INTEGER NOT NULL DEFAULT 0, "_fill" INTEGER NOT NULL DEFAULT 0, )"
            R"("key" TEXT NOT NULL DEFAULT '', "account" TEXT NOT NULL DEFAULT '', )"
            R"("title" TEXT NOT NULL DEFAULT '' COLLATE NOCASE, "count" INTEGER NOT NULL DEFAULT 0))"),
        QStringLiteral(R"(CREATE TABLE "things_pieces"("_record" INTEGER NOT NULL DEFAULT 0, )"
                       R"("_position" INTEGER NOT NULL DEFAULT 0, "name" TEXT NOT NULL DEFAULT '', )"
                       R"(PRIMARY KEY("_record", "_position")) WITHOUT ROWID)"),
        QStringLiteral(R"(CREATE UNIQUE INDEX "things_by_key" ON "things"("key"))"),
        QStringLiteral(R"(CREATE INDEX "things_by_title" ON "things"("title"))"),
        QStringLiteral(R"(CREATE INDEX "things_by_count" ON "things"("count"))"),
        QStringLiteral(R"(CREATE INDEX "things_of_account" ON "things"("account"))"),
        QStringLiteral(R"(CREATE VIRTUAL TABLE "things_search" USING fts5(words, prefix='1 2 3 4', )"
                       R"(tokenize='ascii', detail=none, columnsize=0))"),
    };
    QCOMPARE(statements, expected);
}

void TestSchema::addsAndDropsColumns()
{
    VERIFY_OK(bring(firstThing));
    VERIFY_OK(store(firstThing, "old"));
    VERIFY_OK(m_database->execute("UPDATE kinds SET complete=1"));
    VERIFY_OK(bring(secondThing));
    QCOMPARE(integer("SELECT complete FROM kinds WHERE name='thing'"), 0);
    QCOMPARE(integer("SELECT generation FROM kinds WHERE name='thing'"), 2);
    QCOMPARE(integer("SELECT count(*) FROM pragma_table_info('things') WHERE name='count'"), 0);
    QCOMPARE(integer("SELECT count(*) FROM sqlite_master WHERE name='things_by_count'"), 0);
    QCOMPARE(integer("SELECT count(*) FROM sqlite_master WHERE name='things_by_since'"), 1);

    // What was stored before has the new fields' defaults, and is found as before.
    RecordRows rows(*m_database, secondThing);
    const auto id = rows.idOf("old");
    VERIFY_OK(id);
    QVERIFY(id->has_value());
    const auto row = rows.read(**id, WithLists::Yes);
    VERIFY_OK(row);
    const auto *thing = static_cast<const Thing *>((*row)->record.data());
    QCOMPARE(thing->title, std::string("Title of old"));
    QCOMPARE(thing->note, std::string("none"));
    QVERIFY(!thing->since.isSet());
    QCOMPARE(thing->pieces.size(), std::size_t{1});
    QCOMPARE(thing->pieces[0].name, std::string("piece of old"));
    QCOMPARE(thing->pieces[0].colour, std::string("it's red"));
    QCOMPARE(integer("SELECT count(*) FROM things_search WHERE things_search MATCH 'title'"), 1);
    VERIFY_OK(store(secondThing, "new"));
    // Unset sorts as the lowest, stored by a default or by a record alike.
    QCOMPARE(integer("SELECT count(DISTINCT since) FROM things"), 1);
}

void TestSchema::beginsAFillUnderWayAgain()
{
    VERIFY_OK(bring(firstThing));
    VERIFY_OK(
        m_database->execute("INSERT INTO fills(kind, next, listed, done) VALUES('thing', 'token', 1, 7)"));
    VERIFY_OK(bring(secondThing));
    QCOMPARE(integer("SELECT count(*) FROM fills WHERE kind='thing' AND next='' AND listed=0 AND done=0"), 1);
    // A partial fill begins where the gateway said that it does.
    VERIFY_OK(m_database->execute("UPDATE fills SET next='token', listed=1, done=7; "
                                  "UPDATE sync SET listing='beyond'"));
    VERIFY_OK(bring(firstThing));
    QCOMPARE(integer("SELECT count(*) FROM fills WHERE next='beyond' AND listed=0 AND done=0"), 1);
}

void TestSchema::makesAKindAnewWhenATypeChanged()
{
    VERIFY_OK(bring(firstThing));
    VERIFY_OK(store(firstThing, "old"));
    VERIFY_OK(bring(thirdThing));
    QCOMPARE(integer("SELECT count(*) FROM things"), 0);
    QCOMPARE(integer("SELECT count(*) FROM sqlite_master WHERE name LIKE 'things_search%'"), 0);
    QCOMPARE(integer("SELECT complete FROM kinds"), 0);
    VERIFY_OK(store(thirdThing, "new"));
}

void TestSchema::dropsAKindThatNobodyKnows()
{
    VERIFY_OK(bring(firstThing));
    VERIFY_OK(store(firstThing, "old"));
    VERIFY_OK(Schema::bringUpToDate(*m_database, {}));
    QCOMPARE(integer("SELECT count(*) FROM sqlite_master WHERE name LIKE 'thing%'"), 0);
    QCOMPARE(integer("SELECT count(*) FROM kinds"), 0);
}

void TestSchema::leavesAnEqualSchemaAlone()
{
    VERIFY_OK(bring(secondThing));
    VERIFY_OK(m_database->execute("UPDATE kinds SET complete=1"));
    const auto version = integer("PRAGMA schema_version");
    VERIFY_OK(bring(secondThing));
    QCOMPARE(integer("PRAGMA schema_version"), version);
    QCOMPARE(integer("SELECT complete FROM kinds"), 1);
}

CORE_TEST(TestSchema)
#include "tst_schema.moc"
