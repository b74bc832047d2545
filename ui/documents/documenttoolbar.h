#pragma once

#include "tokens.h"

#include <QWidget>

class QAction;
class QIntValidator;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;

namespace Counterfoil {

class Pill;

// The slim row above the pages: where one is, how large it is, and the commands used most.
class DocumentToolbar final : public QWidget
{
    Q_OBJECT
public:
    struct Buttons
    {
        QList<QAction *> leading; // before the page number
        QAction *zoomOut;
        QAction *zoomIn;
        QList<QAction *> trailing;
        QList<QAction *> menu; // of the zoom's button, above its steps; nullptr: a line
    };
    static const QList<double> &zoomSteps();

    DocumentToolbar(const Buttons &buttons, QWidget *parent);

    void addTool(QAction *action); // at the end
    void setPages(int count);      // 0: no document is open
    void setCurrentPage(int page);
    void setZoom(double zoom);
    void editPage(); // the focus goes to the page's number
    // A mark that the document has an e-invoice in it; without text none.
    void setEInvoice(const QString &text, const QString &meaning, Tone tone);
    void setCaution(const QString &text); // behind a mark at the end; empty: none

Q_SIGNALS:
    void pageWanted(int page); // and the focus with it
    void zoomWanted(double zoom);
    void left();
    void einvoiceWanted(); // or not any more

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void fitPageField();
    void showPage();
    void takePage();
    QMenu *makeZoomMenu(const QList<QAction *> &actions);

    QLineEdit *m_page;
    QIntValidator *m_numbers;
    QLabel *m_count;
    QPushButton *m_zoom;
    Pill *m_einvoice;
    QPushButton *m_caution;
    int m_pages = 0;
    int m_current = 0;
};

} // namespace Counterfoil
