#pragma once

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace Counterfoil {

class DocumentPort;
class Freshness;
class RecordCounts;
class Switch;

// What stands behind the freshness pill: what is synced and how far, what went wrong last in words,
// when the next attempt is, and the person's switch.
class FreshnessPanel final : public QWidget
{
    Q_OBJECT
public:
    FreshnessPanel(const Freshness &freshness, RecordCounts &counts, const DocumentPort &documents,
                   QWidget *parent = nullptr);

    void setKeptInMemoryOnly(bool only);
    void setOutbox(const QString &sentence); // what waits there; empty: nothing

Q_SIGNALS:
    void retryWanted();
    void connectedChosen(bool connected);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct KindRow
    {
        QLabel *name;
        QLabel *figures;
        QProgressBar *bar;
    };
    void show();
    void showKinds();
    void showProgress();
    void showCounts();
    static void showShare(const KindRow &row, qint64 done, qint64 total, const QString &words);
    QString holdings() const; // how many of the documents open without a network
    KindRow &rowFor(const QString &kind);

    const Freshness &m_freshness;
    RecordCounts &m_counts;
    const DocumentPort &m_documents;
    QLabel *m_title;
    QLabel *m_sentence;
    QGridLayout *m_kinds;
    QHash<QString, KindRow> m_rows;
    QLabel *m_received;
    QLabel *m_outbox;
    QLabel *m_error;
    QLabel *m_next;
    QPushButton *m_retry;
    Switch *m_connected;
    QLabel *m_memory;
};

} // namespace Counterfoil
