#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QTimer;

namespace Counterfoil {

class DocumentFind;
class SearchField;

// Where one types what to find in a document: how many there are and at which one is. Enter goes on,
// Shift+Enter back, Esc closes.
class FindBar final : public QWidget
{
    Q_OBJECT
public:
    // `list` shows where the words were found, all at once.
    FindBar(const DocumentFind &find, QAction *list, QWidget *parent);

    void begin(const QString &words); // takes the focus; empty: what was there, selected
    void light(const QString &words); // the same words or others, while the keys stay where they are
    QString words() const;
    bool matchesCase() const;
    QString resultText() const;
    void showResult();

Q_SIGNALS:
    void searchWanted(const QString &words, bool matchCase);
    void nextWanted();
    void previousWanted();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void searchNow();
    void goOn(bool forwards);

    const DocumentFind &m_find;
    SearchField *m_field;
    QLabel *m_result;
    QPushButton *m_case;
    QPushButton *m_previous;
    QPushButton *m_next;
    QTimer *m_typing;
};

} // namespace Counterfoil
