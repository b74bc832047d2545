#pragma once

#include "einvoicereport.h"
#include "invoice.h"
#include "openeddocument.h"
#include "result.h"
#include "sidethread.h"

#include <QByteArray>
#include <QHash>
#include <QObject>

namespace Counterfoil {

class PageRenderer;

// The e-invoice of one document: looked for among the files in a PDF, taken out by the process that draws its
// pages, read and checked on a thread beside. Lives on the GUI thread, never blocks.
class EInvoiceReading final : public QObject
{
    Q_OBJECT
public:
    // Beyond so many pages it is not looked whether they have the number and the total.
    static constexpr int pagesMost = 50;

    enum class State {
        None, // no document, or one without an e-invoice
        Looking,
        Unreadable, // there is one; error() says what is wrong with it
        Here,
    };

    explicit EInvoiceReading(QObject *parent = nullptr);
    ~EInvoiceReading() override;

    void lookIn(PageRenderer &renderer, int pages); // which has a document open
    void read(const QByteArray &xml, const QString &fileName);
    void readFile(const QString &file); // an XML file that comes without a PDF
    void clear();
    // What the ERP says about this invoice; none: it is not known. Stays until it is set again.
    void setRecord(const std::optional<Invoice> &record, const QString &seller);
    void setNoRecord(const QString &why); // a sentence, for people

    State state() const { return m_state; }
    const EInvoiceReport &report() const { return m_report; } // once Here
    const Error &error() const { return m_error; }
    QByteArray xml() const { return m_xml; }        // as it came; also while Unreadable
    QString fileName() const { return m_fileName; } // as the PDF has it: for people, no path
    QString suggestedName() const;                  // to save it under: a plain name, never a path

Q_SIGNALS:
    void changed();

private:
    struct Answer;

    void list(const std::vector<AttachedFile> &files);
    void takeWords(quint64 ticket, int page, const std::vector<TextBox> &words);
    void work();
    void take(const Answer &answer);
    void fail(const Error &error);

    PageRenderer *m_renderer = nullptr;
    int m_pages = 0;
    quint64 m_listing = 0;
    quint64 m_unpacking = 0;
    QHash<quint64, int> m_wordsAwaited; // pages, by ticket
    QHash<int, QString> m_words;
    bool m_named = false; // as an e-invoice is; another XML file may be anything
    State m_state = State::None;
    int m_turn = 0; // counts what was asked of the thread beside
    SideThread m_beside;
    std::optional<Invoice> m_record;
    QString m_seller; // whose ERP has the record
    QString m_whyNoRecord;
    EInvoiceReport m_report;
    Error m_error;
    QByteArray m_xml;
    QString m_fileName;
};

} // namespace Counterfoil
