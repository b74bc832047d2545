#pragma once

#include "filterchip.h"
#include "formsheet.h"
#include "panecontext.h"
#include "returncase.h"

#include <set>

class QLabel;

namespace Counterfoil {

class AttachmentField;
class FactsGrid;
class FormField;
class RecordView;
class RequestLines;

// Asks for a return of what an order brought: which lines and how many, why, and what the supplier wants to
// know of that reason. What can come back, what it costs and what will be credited is said before anything is
// asked for, by the rules by which the supplier decides, also without a connection.
class RequestSheet final : public FormSheet
{
    Q_OBJECT
public:
    // `lines`: of the order, of which everything is taken at first.
    RequestSheet(QWidget *window, const PaneContext &context, ReturnCase about,
                 const std::set<std::int64_t> &lines = {});

    void open();
    void fill(const Return &typed);        // what was typed before
    void begin() { m_begun = filledIn(); } // what is there by now is kept elsewhere: nothing typed
    void keepNothing();                    // there is no room for it, which is said
    Return filledIn() const;               // with what it is expected to come to

    RequestLines &lines() const { return *m_lines; }
    FormField &reason() const { return *m_body.reason; }
    FormField &outcome() const { return *m_body.outcome; }
    const QList<FormField *> &questions() const { return m_questions; }
    QString saveText() const { return m_saying; }
    AttachmentField *files() const { return m_files; } // nullptr: none can be added
    using FormSheet::setKeeps;

Q_SIGNALS:
    void requested(const Counterfoil::Return &wanted);

protected:
    bool isTyped() const override;
    void save() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Body
    {
        QWidget *widget;
        QLabel *intro;
        FormField *reason;
        FormField *outcome;
        QWidget *questions;
        QLabel *why;
        FormField *comment;
        FactsGrid *facts;
    };
    RequestSheet(QWidget *window, const PaneContext &context, ReturnCase about,
                 const std::set<std::int64_t> &lines, const Body &body);
    static Body build();
    void addLines();
    void addFiles();
    void showIntro();
    void takeReason(); // another one is chosen, or none
    void showQuestions(const std::vector<const ReturnQuestion *> &questions);
    void showLines();
    void showWhy();
    void showTotals();
    QList<Choice> outcomesOf(const ReturnReason &reason) const;
    const ReturnReason *chosenReason() const; // nullptr: none

    const PaneContext m_context;
    const ReturnCase m_case;
    const ReturnFacts m_facts; // of the case
    const Body m_body;
    RequestLines *m_lines;
    RecordView *m_view;
    AttachmentField *m_files = nullptr;
    Return m_begun; // as it was filled in before anybody typed
    bool m_asked = false;
    QList<FormField *> m_questions; // in the order of the rules
    QString m_saying;
    Decimal m_possible; // units that can come back for the reason chosen
};

} // namespace Counterfoil
