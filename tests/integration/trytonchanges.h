#pragma once

#include "trytonprocess.h"

#include <QJsonArray>
#include <QRandomGenerator>

namespace Counterfoil {

// What people do in Tryton all day, at random and past Counterfoil.
class TrytonChanges
{
public:
    TrytonChanges(TrytonProcess &tryton, QRandomGenerator &random)
        : m_tryton(tryton)
        , m_random(random)
    { }

    // One thing; some things Tryton refuses, with a warning in the log.
    void changeSomething();

    QJsonArray search(const char *model, const QJsonArray &domain = {}, int limit = 1'000); // ids
    QJsonValue call(const char *method, const QJsonArray &parameters); // "sale.sale.write"

private:
    QJsonValue any(const char *model, const QJsonArray &domain = {}); // 0: there is none
    void changeParty();
    void changeOrder();
    void placeOrder();
    void changeMoney();
    void changeGoods();
    void changeReturns();
    void complain();

    TrytonProcess &m_tryton;
    QRandomGenerator &m_random;
};

} // namespace Counterfoil
