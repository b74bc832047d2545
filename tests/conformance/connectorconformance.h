#pragma once

#include "connector.h"
#include "return.h"

#include <QObject>

#include <map>
#include <memory>
#include <set>

namespace Counterfoil {

// An ERP on which a connector is tried. It is the trial's alone, and holds some records of every kind that
// the connector reports; nothing changes in it but by what is below.
struct ConformanceSubject
{
    // Another connector on the same ERP, as after the gateway was started again.
    std::function<std::unique_ptr<Connector>()> open;
    // Changes a record that stays: its kind and key.
    std::function<std::pair<const RecordType *, std::string>()> change;
    // Removes a record, or makes it nobody's business: its kind and key. Empty: this ERP never does.
    std::function<std::pair<const RecordType *, std::string>()> remove;
    // A position such as an ERP of the same kind gives that was set up elsewhere; `here` is one of this
    // ERP's.
    std::function<std::string(const std::string &here)> elsewhere;
    // Whether document() gives bytes here.
    bool hasDocuments = true;
    // Whether execute() does what is asked, and quote() answers.
    bool takesCommands = true;
    // Whether "request", "decide" and "retire" of returns are among them.
    bool takesReturns = true;
};

// What sync/erp/connector.h asks of every connector, as tests. A new connector's test program makes a
// subject, and runs this with QTest::qExec().
class ConnectorConformance : public QObject
{
    Q_OBJECT

public:
    explicit ConnectorConformance(ConformanceSubject subject)
        : m_subject(std::move(subject))
    { }

private Q_SLOTS:
    void tellsEveryRecordFromTheBeginning();
    void tellsTheSameAgain();
    void goesOnFromEachPositionInAnotherProcess();
    void takesTheSamePositionTwice();
    void keepsTheLimit_data();
    void keepsTheLimit();
    void staysQuietWhenNothingChanges();
    void tellsOfAChange();
    void tellsOfAChangeAgainWhenItWasLost();
    void tellsOfARemoval();
    void refusesAPositionOfAnotherHistory();
    void givesADocumentTwiceAlike();
    void knowsNoDocumentThatIsNone();
    void knowsNoCommandThatNeverCame();
    void savesOnce();
    void makesANewRecordOnce();
    void overwritesNobody();
    void changesNothingOfAnotherAccount();
    void answersQuestionsInTheirOrder();
    void placesACartOnce();
    void placesNothingThatWasNotSeen();
    void takesGoodsBackOnce();
    void takesNoMoreBackThanCame();
    void forgetsAReturnThatWasTakenBack();
    void refusesWhatItDoesNotOffer();

private:
    static constexpr const char *actor = "maya"; // who asks
    using Record = std::pair<const RecordType *, std::string>;
    // What a gateway would hold.
    struct Projection
    {
        std::map<Record, Change> records;
        std::string position;
        int batches = 0;
    };
    static constexpr int usualLimit = 2'000; // what a gateway asks for
    bool take(Projection &projection, const ErpBatch &batch);
    bool follow(Projection &projection, int limit, bool anew = false);
    void compare(const Projection &a, const Projection &b);
    const Projection &whole(); // read from the beginning, once

    // What somebody asks for, as the gateway hands it over.
    static Command command(const char *verb, const RecordType &kind, const std::string &account);
    // Once, again as after a lost answer, and by another connector as after the gateway died: the outcome of
    // all of them, or an error.
    Result<CommandEffect> executeAgainAndAgain(const Command &command);
    // An account's question that can be ordered just so, found among what accounts ordered before, with its
    // answer; no lines: there is none.
    std::pair<QuoteRequest, Quote> somethingToOrder();
    // Saves a cart of that, and gives the command that places it as it was seen.
    Result<Command> placing(const std::pair<QuoteRequest, Quote> &seen);
    static Return somethingToReturn(const Projection &all); // no lines: there is nothing
    Result<CommandEffect> askForReturn(const Return &wanted);

    ConformanceSubject m_subject;
    std::unique_ptr<Connector> m_connector;
    Projection m_whole;
};

} // namespace Counterfoil
