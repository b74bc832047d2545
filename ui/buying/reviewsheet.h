#pragma once

#include "cartreview.h"
#include "error.h"
#include "formsheet.h"
#include "panecontext.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace Counterfoil {

class Banner;
class FactsGrid;
class LinesModel;
class LinesView;
class QuotePort;

// A cart beside what the ERP says of it today, before it is placed: what is ready, what has changed and what
// cannot be ordered, with totals, credit and what is to be said of the whole. Without a connection it shows
// how old each price is, and what happens to the order once there is one.
class ReviewSheet final : public FormSheet
{
    Q_OBJECT
public:
    ReviewSheet(QWidget *window, const PaneContext &context, QuotePort &quotes, const std::string &cartKey,
                const Cart &cart);

    void open();
    bool isAnswered() const { return m_answered; } // or it is known that there is no answer
    const CartReview &review() const { return m_review; }
    const Cart &cart() const { return m_cart; }
    void takeOffer(int row); // of what is not possible
    void removeLine(int row);

Q_SIGNALS:
    void shown(); // an answer, or that there is none
    void placeWanted(const Counterfoil::Cart &seen);
    void cartChanged(const Counterfoil::Cart &cart); // lines were replaced or removed here

protected:
    bool isTyped() const override { return false; }
    void save() override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Group
    {
        QLabel *title;
        LinesModel *model;
        LinesView *view;
    };
    struct Body
    {
        QWidget *widget;
        QLabel *intro;
        Group impossible;
        QWidget *deeds;
        QPushButton *take;
        QPushButton *remove;
        Group changed;
        Group ready;
        FactsGrid *facts;
        QLabel *notices;
        QCheckBox *acceptsHold;
    };
    ReviewSheet(QWidget *window, PaneContext context, QuotePort &quotes, std::string cartKey, Cart cart,
                const Body &body);
    static Body build();
    static Group addGroup(QWidget &parent, const QString &name);
    void ask();
    void take(const Quote &quote);
    void showOffline(const Error &error);
    void showGroups();
    void showTotals();
    void showNotices();
    void showGroup(const Group &group, const QString &title, const std::vector<ReviewedLine> &lines,
                   bool was);
    void replaceLines(std::vector<CartLine> lines);
    QString obstacle() const; // why it cannot be placed; empty: it can

    const PaneContext m_context;
    QuotePort &m_quotes;
    const std::string m_cartKey;
    const Body m_body;
    Cart m_cart;
    Quote m_quote;
    CartReview m_review;
    quint64 m_asked = 0;
    bool m_answered = false;
    bool m_offline = false;
};

} // namespace Counterfoil
