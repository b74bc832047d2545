#pragma once

#include "askflag.h"
#include "cart.h"
#include "detailpane.h"
#include "item.h"
#include "quote.h"

#include <string>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Counterfoil {

class ItemPicture;
class ItemPrices;
class LinesModel;
class LinesView;
class ListPane;

// One item of the catalogue: what it is, what it comes in, what it costs the account today and why, where it
// is, and what takes its place.
class ItemDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit ItemDetailPane(const PaneContext &context, QWidget *parent = nullptr);

    // Prices are those of the account that the list is of.
    static void join(ListPane &list, DetailPane &detail);
    void setAccount(const std::string &account);
    void offerCart(); // once: the person may put it into a cart

    void addActions(Actions &actions) override;
    void focusBody() override;
    QLineEdit &quantity() const { return *m_quantity; }
    ItemPicture &picture() const { return *m_picture; }
    ItemPrices &prices() const { return *m_prices; }
    QString priceText() const; // as it is shown, with its reason and its age
    void put();                // into the cart, as many as the field says

Q_SIGNALS:
    void cartWanted(const std::string &account, const std::string &currency,
                    const Counterfoil::CartLine &line);

protected:
    void showRecord() override;
    void showFacts() override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void showHead(const Item &item);
    void showPacks(const Item &item);
    void showPrice();
    void showBreaks();
    void showStock();
    void askPrice();
    QString currentPrice(const QuoteLine &line, const std::string &currency) const;
    Decimal wanted() const; // what is typed; 0: no quantity

    ItemPrices *m_prices;
    std::string m_account;
    std::string m_accountName;
    std::string m_currency; // of the account
    std::string m_shownKey;
    ItemPicture *m_picture;
    QWidget *m_order;
    QLineEdit *m_quantity;
    QLabel *m_unit;
    QPushButton *m_put;
    QLabel *m_price;
    QLabel *m_why;
    LinesModel *m_breaksModel;
    LinesView *m_breaks;
    LinesModel *m_stockModel;
    LinesView *m_stock;
    LinesModel *m_packsModel;
    LinesView *m_packs;
    Section m_priceSection;
    Section m_stockSection;
    Section m_packsSection;
    AskFlag m_asking;
};

} // namespace Counterfoil
