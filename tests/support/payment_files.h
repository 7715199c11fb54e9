// Payment files of each kind, right ones, written by hand and not by the program: a test puts one
// thing wrong in them. Of the day Wednesday 25 November 2026, to be executed on Friday 27.
#pragma once
#include <string>

#include "ledger/base/day.h"

namespace deodat::testing_support {

inline const Day sending_day = Day::of(2026, 11, 25);

inline std::string right_pain001_09() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>F-2026-1</MsgId><CreDtTm>2026-11-25T10:00:00</CreDtTm><NbOfTxs>2</NbOfTxs>
<CtrlSum>1500.29</CtrlSum><InitgPty><Nm>PETR</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>B-1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>2</NbOfTxs><CtrlSum>1500.29</CtrlSum>
<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>2026-11-27</Dt></ReqdExctnDt>
<Dbtr><Nm>PETR</Nm></Dbtr><DbtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct>
<DbtrAgt><FinInstnId><BICFI>AGRIFRPP</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>
<CdtTrfTxInf><PmtId><EndToEndId>E-1</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">1500</InstdAmt></Amt>
<CdtrAgt><FinInstnId><BICFI>PSSTFRPPPAR</BICFI></FinInstnId></CdtrAgt>
<Cdtr><Nm>Menuiserie des Vosges</Nm><PstlAdr><TwnNm>Senones</TwnNm><Ctry>FR</Ctry>
<AdrLine>3 rue Haute</AdrLine></PstlAdr></Cdtr>
<CdtrAcct><Id><IBAN>FR7420041010125123460U03388</IBAN></Id></CdtrAcct>
<RmtInf><Ustrd>FACTURE 12</Ustrd></RmtInf></CdtTrfTxInf>
<CdtTrfTxInf><PmtId><EndToEndId>E-2</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">0.29</InstdAmt></Amt>
<Cdtr><Nm>Couverture Martin</Nm></Cdtr>
<CdtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></CdtrAcct></CdtTrfTxInf>
</PmtInf></CstmrCdtTrfInitn></Document>
)";
}

// The same in the former version: its date and its bank's identifier are written otherwise.
inline std::string right_pain001_03() {
    std::string text = right_pain001_09();
    const auto replace = [&](const std::string& from, const std::string& to) {
        for (auto at = text.find(from); at != std::string::npos;
             at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
    };
    replace("pain.001.001.09", "pain.001.001.03");
    replace("<Dt>2026-11-27</Dt>", "2026-11-27");
    replace("BICFI", "BIC");
    return text;
}

inline std::string right_pain002() {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>R-1</MsgId><CreDtTm>2026-11-25T12:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>F-2026-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>B-1</OrgnlPmtInfId>
<TxInfAndSts><OrgnlEndToEndId>E-1</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Cd>BE04</Cd></Rsn></StsRsnInf></TxInfAndSts>
<TxInfAndSts><OrgnlEndToEndId>E-2</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>
</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
)";
}

inline std::string right_pes_aller() {
    return R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<n:PES_Aller xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller">
<Enveloppe><Parametres><Version V="2"/><TypFic V="PESALR2"/><NomFic V="FLUX1"/></Parametres>
<Emetteur><Sigle V="PETR"/></Emetteur></Enveloppe>
<EnTetePES><DteStr V="2026-11-25"/><IdPost V="088013"/><IdColl V="35600000000048"/><CodCol V="244"/>
<CodBud V="00"/><LibelleColBud V="PETR de la D)"
           "\xE9"
           R"(odatie"/></EnTetePES>
<PES_DepenseAller><EnTeteDepense><IdVer V="2"/><InfoDematerialisee V="0"/></EnTeteDepense>
<Bordereau><BlocBordereau><Exer V="2026"/><IdBord V="12"/><DteBordEm V="2026-11-25"/>
<TypBord V="01"/><NbrPce V="2"/><MtCumulAnnuel V="1500.29"/><MtBordHT V="1500.29"/></BlocBordereau>
<Piece><BlocPiece><InfoPce><IdPce V="301"/><TypPce V="01"/><NatPce V="01"/><Obj V="Facture 12"/>
<PJRef><Support V="01"/><IdUnique V="PJ1"/><NomPJ V="f12.pdf"/></PJRef></InfoPce></BlocPiece>
<LigneDePiece><BlocLignePiece><InfoLignePce><IdLigne V="1"/><Nature V="4581"/>
<LibVir1 V="FACTURE 12"/><ModRegl V="03"/><TVAIntraCom V="0"/><MtHT V="1500"/></InfoLignePce>
</BlocLignePiece><Tiers><InfoTiers><Nom V="Menuiserie des Vosges"/></InfoTiers>
<CpteBancaire><BIC V="PSSTFRPPPAR"/><IBAN V="FR7420041010125123460U03388"/>
<TitCpte V="Menuiserie des Vosges"/></CpteBancaire></Tiers></LigneDePiece></Piece>
<Piece><BlocPiece><InfoPce><IdPce V="302"/><TypPce V="01"/><NatPce V="01"/></InfoPce></BlocPiece>
<LigneDePiece><BlocLignePiece><InfoLignePce><IdLigne V="1"/><Nature V="4581"/><ModRegl V="03"/>
<TVAIntraCom V="0"/><MtHT V="0.29"/></InfoLignePce></BlocLignePiece>
<Tiers><InfoTiers><Nom V="Couverture Martin"/></InfoTiers>
<CpteBancaire><CodeEtab V="30006"/><CodeGuic V="00001"/><IdCpte V="12345678901"/><CleRib V="89"/>
<TitCpte V="Martin"/></CpteBancaire></Tiers></LigneDePiece></Piece>
</Bordereau></PES_DepenseAller></n:PES_Aller>
)";
}

// A bordereau refused for a line, an attachment known already, another bordereau taken in.
inline std::string right_acquit() {
    return R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<n:PES_ACQUIT xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2">
<Enveloppe><Parametres><Version V="2"/><TypFic V="PESALR2"/><NomFic V="FLUX1"/></Parametres></Enveloppe>
<EnTetePES><DteStr V="2026-11-26"/><IdPost V="088013"/><IdColl V="35600000000048"/></EnTetePES>
<ACQUIT><ElementACQUIT><DomaineAck V="4"/><EtatAck V="0"/><IdUnique V="PJ1"/>
<Erreur><NumAnoAck V="ERREUR_DOUBLON_PJ"/><LibelleAnoAck V="connue"/></Erreur></ElementACQUIT>
<ElementACQUIT><DomaineAck V="5"/><EtatAck V="0"/><ExerciceBord V="2026"/><NumBord V="12"/>
<DetailPiece><NumPiece V="301"/><DetailLigne><NumLigne V="1"/><Erreur><NumAnoAck V="1971"/>
<LibelleAnoAck V="Compte fonction pr)"
           "\xE9"
           R"(sent"/></Erreur></DetailLigne></DetailPiece></ElementACQUIT>
<ElementACQUIT><DomaineAck V="5"/><EtatAck V="1"/><ExerciceBord V="2026"/><NumBord V="13"/>
</ElementACQUIT></ACQUIT></n:PES_ACQUIT>
)";
}

inline std::string right_retour() {
    return R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<n:PES_Retour xmlns:n="http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour">
<Enveloppe><Parametres><NomFic V="RET1"/></Parametres></Enveloppe>
<EnTetePES><DteStr V="2026-12-01"/><IdColl V="35600000000048"/></EnTetePES>
<PES_DepenseRetour><Bordereau><BlocBordereau><Exer V="2026"/><IdBord V="12"/></BlocBordereau>
<Piece><InfoPiece><IdPce V="301"/><EtatPce V="04"/><DtePceRej V="2026-11-30"/></InfoPiece></Piece>
<Piece><InfoPiece><IdPce V="302"/><EtatPce V="05"/><DtePcePec V="2026-11-30"/></InfoPiece></Piece>
</Bordereau></PES_DepenseRetour></n:PES_Retour>
)";
}

}  // namespace deodat::testing_support
