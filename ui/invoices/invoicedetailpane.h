#pragma once

#include "detailpane.h"
#include "invoice.h"
#include "payment.h"

#include <QHash>

class QLabel;
class QSplitter;

namespace Counterfoil {

class DocumentView;
class LinesModel;
class LinesView;
class PageRenderer;
class StatePanel;

// Everything about one invoice or credit memo: how it stands, facts, lines, taxes, payments and credits,
// and its paper beside them, or below where there is little room.
class InvoiceDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit InvoiceDetailPane(const PaneContext &context, QWidget *parent = nullptr);
    ~InvoiceDetailPane() override;

    DocumentView &document() const { return *m_document; }
    void focusBody() override;
    void addActions(Actions &actions) override;
    void setDocumentShown(bool shown);
    bool isDocumentShown() const;

    QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &layout) override;
    void resetLayout() override;

protected:
    void showRecord() override;
    void showFacts() override;
    QString summary() const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showHead(const Invoice &invoice, const std::vector<Payment> &payments);
    void showLines(const Invoice &invoice);
    void showSums(const Invoice &invoice);
    void showSettlement(const Invoice &invoice, const std::vector<Payment> &payments);
    void showDocument(const Invoice &invoice);
    void turn(bool force);
    void keepSizes();

    PageRenderer *m_renderer; // before the view that draws with it
    LinesModel *m_linesModel;
    LinesView *m_lines;
    Section m_linesSection;
    FactsGrid *m_sums;
    LinesModel *m_settledModel;
    LinesView *m_settled;
    Section m_settledSection;
    QLabel *m_discount;
    QWidget *m_paper;
    DocumentView *m_document;
    StatePanel *m_noPaper;
    QSplitter *m_splitter;
    QHash<int, QByteArray> m_sizes; // by orientation, as the person left them
    QString m_documentKey;
};

} // namespace Counterfoil
