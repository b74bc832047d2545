#pragma once

#include "accountstatement.h"
#include "askflag.h"
#include "askpace.h"
#include "formsheet.h"
#include "panecontext.h"
#include "sidethread.h"

class QDateEdit;
class QLabel;

namespace Counterfoil {

class ChoiceField;
class FactsGrid;
class LinesModel;
class LinesView;

// The statement of one account for a period that one chooses: what it owed, what was charged, credited and
// paid, what it owes, and for how long. Follows the cache; saved as a PDF.
class StatementSheet final : public FormSheet
{
    Q_OBJECT
public:
    static constexpr int mostShown = 500; // movements, the latest; all of them are in the PDF

    StatementSheet(QWidget *window, const PaneContext &context, const std::string &account);

    void open();
    void setPeriod(Date from, Date to); // both inclusive
    void saveAs(const QString &file);   // what is shown; saved() follows, or the sheet says why not

Q_SIGNALS:
    void shown(); // what was asked for is on the screen, or why it is not
    void saved(const QString &file);

protected:
    bool isTyped() const override { return false; }
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        QLabel *account;
        ChoiceField *period;
        QWidget *days;
        QDateEdit *from;
        QDateEdit *to;
        ChoiceField *currency;
        FactsGrid *sums;
        LinesModel *entries;
        LinesView *table;
        QLabel *note;
        QLabel *agesTitle;
        FactsGrid *ages;
    };
    StatementSheet(QWidget *window, const PaneContext &context, std::string account, const Body &body);
    static Body build();
    void choosePeriod();
    void ask();
    bool isFilling() const; // not all is here yet
    void write(const AccountStatement &statement, const QString &file);
    void show(const AccountStatement &statement);
    void showEntries();
    void showAges();

    const PaneContext m_context;
    const std::string m_account;
    const Body m_body;
    AccountStatement m_statement;
    bool m_known = false;
    AskFlag m_asking;
    AskPace m_pace;
    SideThread m_beside;
};

} // namespace Counterfoil
