#pragma once

#include "filterchip.h"
#include "formsheet.h"
#include "panecontext.h"
#include "returncase.h"
#include "returndetailpane.h"

class QLabel;

namespace Counterfoil {

class FactsGrid;
class FormField;

// What a rep decides of a return: how much of each line is authorised and what becomes of it, the outcome, or
// why it is refused. Says what will be credited before it is decided.
class DecideSheet final : public FormSheet
{
    Q_OBJECT
public:
    // `record` is one of the case's returns.
    DecideSheet(QWidget *window, const PaneContext &context, ReturnCase about, const Return &record,
                ReturnDecision decision);

    void open();
    Return filledIn() const; // with what it is expected to come to

    struct Line
    {
        FormField *authorised;
        FormField *fee; // per cent
        FormField *disposition;
        FormField *refusal; // why not all of it
    };
    const QList<Line> &lines() const { return m_lines; }
    FormField &outcome() const { return *m_body.outcome; }
    FormField &refusal() const { return *m_body.refusal; }
    QString saveText() const { return m_saying; }

Q_SIGNALS:
    void decided(const Counterfoil::Return &as);

protected:
    bool isTyped() const override { return m_typed; }
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        QLabel *intro;
        FormField *outcome;
        QWidget *lines;
        FormField *refusal; // of the whole
        FactsGrid *facts;
    };
    DecideSheet(QWidget *window, const PaneContext &context, ReturnCase about, const Return &record,
                ReturnDecision decision, const Body &body);
    static Body build();
    void addLine(const ReturnLine &line);
    QList<Choice> choicesOf(const char *subject, std::span<const std::string_view> codes) const;
    void noteEdit();
    void showTotals();
    bool readLine(std::size_t index, ReturnLine &line) const; // false: something typed cannot be read

    const PaneContext m_context;
    const ReturnCase m_case;
    const ReturnFacts m_facts; // of the case
    const Return m_record;
    const bool m_refuses;
    const Body m_body;
    QList<Line> m_lines;
    QString m_saying;
    bool m_typed = false;
};

} // namespace Counterfoil
