#pragma once

#include "accountstatement.h"

#include <QString>

// What a statement of account says, on the screen and on paper alike.
namespace Counterfoil::StatementWords {

QString day(Date date);                    // "3 Oct 2026", in every year; empty for none
QString nameOf(StatementEntry::What what); // "Credit memo"
QString period(const AccountStatement &statement);
QString bucket(Ageing::Bucket bucket); // "1 to 30 days overdue"

// What is missing, or what else a reader has to know; empty: nothing.
QString caution(const AccountStatement &statement);

// "Statement A-10001 2026-10-01 to 2026-10-31", which any file system takes.
QString fileName(const AccountStatement &statement);

} // namespace Counterfoil::StatementWords
