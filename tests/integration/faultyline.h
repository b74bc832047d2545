#pragma once

#include <QTcpServer>
#include <QUrl>

#include <functional>

namespace Counterfoil {

// A line to an HTTP server that ends its connections after each answer, as Tryton does, on which single
// questions meet with accidents. In the thread whose event loop the asker runs.
class FaultyLine
{
public:
    enum class Fault {
        None,
        Lost,       // the question never arrives
        Unanswered, // it is done, and the answer lost
        Late,       // the asker gives up first, and the question arrives while others are under way
        Killed,     // `kill` ends the server while it works
    };

    explicit FaultyLine(const QUrl &server);

    QUrl url() const;
    int underWay() const { return m_underWay; }             // questions that may still arrive or be worked on
    std::function<Fault(const QByteArray &question)> fault; // asked for each
    std::function<void()> kill;

private:
    enum class Answer { Passed, Lost, Killed };
    void take(QTcpSocket *asker, const QByteArray &question);
    void forward(const QByteArray &question, QTcpSocket *asker, Answer answer);

    QUrl m_target;
    QTcpServer m_server;
    int m_underWay = 0;
};

} // namespace Counterfoil
