#pragma once

#include <QString>

namespace Counterfoil {

// PouchDB pulling the same records from its own server, both with their files on disk. COUNTERFOIL_POUCHDB
// names the folder whose node_modules have pouchdb, express-pouchdb and express; without it, or without node,
// there is nothing to compare with.
struct PouchPeer
{
    std::int64_t documents = 0; // 0: not measured
    double perSecond = 0;
    double peakMb = 0;

    static bool isHere();
    // `documents` of the records that the gateway's store in `folder` holds, evenly picked from all of them.
    static PouchPeer measure(const QString &folder, std::int64_t documents);
};

} // namespace Counterfoil
