#pragma once

#include "documentport.h"
#include "filterchip.h"
#include "formsheet.h"

class QLabel;

namespace Counterfoil {

class ChoiceField;
class FilterChip;

// Which documents are fetched before anybody asks for them, and how much room they may take; and how much
// they take now.
class KeepingSheet final : public FormSheet
{
    Q_OBJECT
public:
    KeepingSheet(QWidget *window, const DocumentPort &documents, const QList<Choice> &accounts,
                 const DocumentPort::Ahead &ahead);

    void open();
    DocumentPort::Ahead filledIn() const;

Q_SIGNALS:
    void chosen(const Counterfoil::DocumentPort::Ahead &ahead);

protected:
    bool isTyped() const override { return false; }
    void save() override;

private:
    struct Body
    {
        QWidget *widget;
        QLabel *holdings;
        ChoiceField *days;
        ChoiceField *bytes;
        FilterChip *accounts;
        FilterChip *papers;
        ChoiceField *metered;
    };
    KeepingSheet(QWidget *window, const DocumentPort &documents, const QList<Choice> &accounts,
                 const DocumentPort::Ahead &ahead, const Body &body);
    static Body build();
    void showHoldings();

    const DocumentPort &m_documents;
    const Body m_body;
};

} // namespace Counterfoil
