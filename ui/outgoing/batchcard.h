#pragma once

#include "outgoingwords.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace Counterfoil {

// How a batch is doing, in a corner of its window, which goes on meanwhile: what is done, what failed and
// why, and what can be done about it.
class BatchCard final : public QWidget
{
    Q_OBJECT
public:
    explicit BatchCard(QWidget *window);

    // `place`: the folder that it all goes to; empty: none that could be opened.
    void follow(DocumentBatch &batch, OutgoingWords::Way way, const QString &place);
    void dismiss();
    QString text() const; // all that it says

    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void dismissed();
    void folderWanted(const QString &folder);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QPushButton *addButton(const QString &text, void (BatchCard::*run)());
    void build();
    void refresh();
    void showFailures();
    void showButtons();
    void place();
    void pauseOrGoOn();
    void retry();
    void leaveOut();
    void cancel();
    void openFolder();

    QPointer<DocumentBatch> m_batch;
    OutgoingWords::Way m_way = OutgoingWords::Way::Save;
    QString m_place;
    QString m_shownFailures;
    QLabel *m_title;
    QProgressBar *m_bar;
    QLabel *m_progress;
    QScrollArea *m_scroll;
    QLabel *m_failures;
    QPushButton *m_pause;
    QPushButton *m_retry;
    QPushButton *m_leaveOut;
    QPushButton *m_cancel;
    QPushButton *m_folder;
    QPushButton *m_close;
};

} // namespace Counterfoil
