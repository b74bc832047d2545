#pragma once

#include "einvoice.h"
#include "factsgrid.h"

#include <QWidget>

class QVBoxLayout;

namespace Counterfoil {

// What an e-invoice says, in the order in which people read an invoice: head, parties, lines, taxes, totals,
// how to pay, notes. What it does not say has no place here, not even an empty one.
class EInvoiceSheet final : public QWidget
{
    Q_OBJECT
public:
    static constexpr std::size_t linesShown = 500;

    EInvoiceSheet(const EInvoice &invoice, QWidget *parent);

private:
    void addHead();
    void addParties();
    void addReferences();
    void addLines();
    void addAllowances();
    void addTaxes();
    void addTotals();
    void addPayment();
    void addNotes();
    void addFiles();

    void addSection(const QString &title, QWidget *content, int sideMargin);
    void addRest();
    void addTexts(const QString &title, const QStringList &texts);
    void addFacts(const QString &title, const QList<Fact> &facts, int digits, int columns);
    QString money(const Stated &number) const;

    const EInvoice &m_invoice; // while it is being built
    QVBoxLayout *m_layout;
};

} // namespace Counterfoil
