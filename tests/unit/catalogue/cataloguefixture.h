#pragma once

#include "account.h"
#include "commandfixture.h"
#include "freshness.h"
#include "guifixture.h"
#include "itemdetailpane.h"
#include "itemslist.h"
#include "listfilterbar.h"
#include "listfoot.h"
#include "listpane.h"
#include "statuswording.h"
#include "theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace Counterfoil::Testing {

using namespace Qt::StringLiterals;

inline Item itemOf(const std::string &sku, const std::string &name)
{
    Item item;
    item.key = item.sku = sku;
    item.name = name;
    item.unit = "each";
    item.category = "Tools";
    item.manufacturer = "Norvik";
    item.manufacturerNumber = "NV/" + sku;
    item.keywords = "wrench";
    item.minimum = Decimal::fromInteger(10);
    item.multiple = Decimal::fromInteger(5);
    item.packs = {{"carton of 50", Decimal::fromInteger(50), "5010000000012"}};
    return item;
}

// The catalogue's list and detail, beside each other.
struct Catalogue
{
    explicit Catalogue(std::vector<Change> changes = {}, Person who = buyer())
        : person(std::move(who))
    {
        Account account;
        account.key = account.account = "a1";
        account.name = "Harbour";
        account.currency = "GBP";
        changes.push_back(changeTo(account));
        cache.put(changes);
        sync.setMode(SyncStatus::Mode::Live, clock);
        list = std::make_unique<ListPane>(context, itemsList());
        detail = std::make_unique<ItemDetailPane>(context);
        ItemDetailPane::join(*list, *detail);
        list->setAccounts({"a1"}, "a1");
        list->resize(900, 600);
        detail->resize(500, 700);
        list->show();
        detail->setVisible(true);
    }
    void type(const QString &text) const { list->findChild<QLineEdit *>()->setText(text); }
    QStringList skus() const
    {
        QStringList all;
        for (int row = 0; row < list->model().rowCount(); ++row)
            all.append(list->model().index(row, 0).data(ItemRole::Key).toString());
        return all;
    }
    QString foot() const { return list->findChild<ListFoot *>()->findChild<QLabel *>()->text(); }
    QString cell(qsizetype row, const QString &field) const
    {
        return list->model().index(static_cast<int>(row), list->model().columnOf(field)).data().toString();
    }

    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    FileCommandPort commands{clock};
    SetQuotePort quotes;
    Person person;
    StatusWording wording{cache.readers()};
    Freshness freshness{sync, clock};
    PaneContext context{
        cache.readers(), wording, freshness, clock, person, documents, QStringLiteral(RENDER_PROGRAM),
        &quotes};
    std::unique_ptr<ListPane> list;
    std::unique_ptr<ItemDetailPane> detail;
};

inline std::vector<Change> someItems()
{
    ItemNumber own;
    own.key = "a1/HT-1001";
    own.account = "a1";
    own.sku = "HT-1001";
    own.number = "MAT-4711";
    Item old = itemOf("HT-1003", "Claw hammer");
    old.withdrawn = true;
    old.successor = "HT-1002";
    return {changeTo(itemOf("HT-1001", "Combination spanner, 13 mm")),
            changeTo(itemOf("HT-1002", "Pipe spanner, 10 mm")), changeTo(old), changeTo(own)};
}

} // namespace Counterfoil::Testing
