import type { ConsentText } from './consent'
import { padTexts } from './pad-texts'

/**
 * Every wording that was ever shown. Once one has been shown it is never edited: a change is a new version with a later
 * date. What each must carry: who may debit, and credit to correct; on what the amount rests; when; how notice is given;
 * how to withdraw; the date. Bank name and last digits are known when it is saved and stand beside it in the record.
 *
 * - bank accounts: Nacha Operating Rules (authorization of PPD, WEB and CCD entries); a person's also 12 CFR 1005.10
 * - Canadian accounts: Payments Canada, Rule H1. Category, amount, date, how to cancel and the recourse clause; a debit
 *   that is not one of a set series needs its own agreement, which ends with it and waives no notice. The others are in pad-texts.ts
 * - cards: the networks' rules for stored credentials
 */
export const consentTexts: readonly ConsentText[] = [
  {
    kind: 'bank_once',
    version: 'bank-once 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. I authorize {name} to debit the bank account given in this form once, for {amount}, for {invoices}, on the next banking day or soon after, and to credit it if that is needed to correct an error. Until the debit has been sent I can withdraw this by writing to {contact}.',
      'fr-CA':
        '{date}. J’autorise {name} à débiter une seule fois le compte bancaire indiqué dans ce formulaire de {amount}, pour {invoices}, le prochain jour bancaire ou peu après, et à le créditer au besoin pour corriger une erreur. Tant que le débit n’a pas été envoyé, je peux retirer cette autorisation en écrivant à {contact}.',
    },
  },
  {
    kind: 'pad_once',
    version: 'pad-once 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. Pre-authorized debit (PAD) agreement, business category, for a single debit. For the business that holds the account given at the next step, I authorize {name} to debit it once, for {amount} in Canadian dollars, for {invoices}, on the next banking day or soon after, and to credit it if that is needed to correct an error. This agreement ends with that debit: any other needs a new authorization, and no notice is waived. Until the debit has been sent I can cancel it and withdraw this by writing to {contact}. The business has certain recourse rights if a debit does not comply with this agreement. For example, it has the right to receive reimbursement for a debit that is not authorized or is not consistent with this PAD agreement, by claiming it from its financial institution within 10 business days. More about these rights and about cancelling: the financial institution, or payments.ca.',
      'fr-CA':
        '{date}. Accord de débit préautorisé (DPA), catégorie entreprise, pour un seul débit. Au nom de l’entreprise titulaire du compte donné à l’étape suivante, j’autorise {name} à le débiter une seule fois de {amount} en dollars canadiens, pour {invoices}, le prochain jour bancaire ou peu après, et à le créditer au besoin pour corriger une erreur. Cet accord prend fin avec ce débit : tout autre débit exige une nouvelle autorisation, et je ne renonce à aucun préavis. Tant que le débit n’a pas été envoyé, je peux l’annuler et retirer cette autorisation en écrivant à {contact}. L’entreprise a certains droits de recours si un débit n’est pas conforme à cet accord. Par exemple, elle a le droit de recevoir le remboursement de tout débit qui n’est pas autorisé ou qui n’est pas compatible avec le présent accord de DPA, en le réclamant à son institution financière dans les 10 jours ouvrables. Pour en savoir plus sur ces droits et sur l’annulation : l’institution financière, ou payments.ca.',
    },
  },
  {
    kind: 'bank_saved_business',
    version: 'bank-saved-business 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. For the business that holds the bank account given in this form, I authorize {name} to keep it and to debit it electronically each time somebody who may act for this client pays with it, now or on a date they set, and to credit it if that is needed to correct an error. Each debit is for what is owed on the invoices chosen for it and shown before it is made, never more. The debits of a date that was set are confirmed by email when it is set. The business agrees to be bound by the Nacha Operating Rules for these debits. This stands until it is withdrawn: by removing the account under Payment methods, or by writing to {contact} at least three banking days before a debit.',
      'fr-CA':
        '{date}. Au nom de l’entreprise titulaire du compte bancaire indiqué dans ce formulaire, j’autorise {name} à le conserver et à le débiter par voie électronique chaque fois qu’une personne habilitée à agir pour ce client paie avec ce compte, maintenant ou à une date qu’elle fixe, et à le créditer au besoin pour corriger une erreur. Chaque débit correspond à ce qui est dû sur les factures choisies et affichées avant le débit, jamais davantage. Les débits à une date fixée sont confirmés par courriel lorsque la date est fixée. L’entreprise accepte d’être liée par les règles de fonctionnement de la Nacha pour ces débits. Cette autorisation vaut jusqu’à son retrait : en supprimant le compte sous Modes de paiement ou en écrivant à {contact} au moins trois jours bancaires avant un débit.',
    },
  },
  {
    kind: 'bank_saved_personal',
    version: 'bank-saved-personal 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. I authorize {name} to keep the personal bank account given in this form and to debit it electronically each time I, or somebody who may act for this client, pay with it, now or on a date we set, and to credit it if that is needed to correct an error. Each debit is for what is owed on the invoices chosen for it and shown before it is made, never more. The debits of a date that was set are confirmed by email when it is set. I can stop a debit until three business days before it, and withdraw this at any time: by removing the account under Payment methods, or by writing to {contact}. A copy of this authorization is kept under Payment methods.',
      'fr-CA':
        '{date}. J’autorise {name} à conserver le compte bancaire personnel indiqué dans ce formulaire et à le débiter par voie électronique chaque fois que je paie avec ce compte, ou qu’une personne habilitée à agir pour ce client le fait, maintenant ou à une date fixée par nous, et à le créditer au besoin pour corriger une erreur. Chaque débit correspond à ce qui est dû sur les factures choisies et affichées avant le débit, jamais davantage. Les débits à une date fixée sont confirmés par courriel lorsque la date est fixée. Je peux arrêter un débit jusqu’à trois jours ouvrables avant celui-ci et retirer cette autorisation en tout temps : en supprimant le compte sous Modes de paiement ou en écrivant à {contact}. Une copie de cette autorisation est conservée sous Modes de paiement.',
    },
  },
  {
    kind: 'card_saved',
    version: 'card-saved 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. I authorize {name} to keep the card given in this form with its processor, Stripe, and to charge it each time somebody who may act for this client pays with it, now or on a date they set, and to refund it to correct an error. Each charge is for what is owed on the invoices chosen for it and shown before it is made, never more. The charges of a date that was set are confirmed by email when it is set. This stands until it is withdrawn: by removing the card under Payment methods, or by writing to {contact}.',
      'fr-CA':
        '{date}. J’autorise {name} à conserver la carte indiquée dans ce formulaire auprès de Stripe, qui traite ses paiements, et à la débiter chaque fois qu’une personne habilitée à agir pour ce client paie avec cette carte, maintenant ou à une date qu’elle fixe, et à la rembourser pour corriger une erreur. Chaque débit correspond à ce qui est dû sur les factures choisies et affichées avant le débit, jamais davantage. Les débits à une date fixée sont confirmés par courriel lorsque la date est fixée. Cette autorisation vaut jusqu’à son retrait : en supprimant la carte sous Modes de paiement ou en écrivant à {contact}.',
    },
  },
  {
    kind: 'autopay_card',
    version: 'autopay-card 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. I authorize {name} to charge {method} without asking again, for {limit} that falls due from today on, and to refund it to correct an error. Amounts differ: each charge is for what is owed on its invoice when it is announced, never more. It is made on the due date or, where its notice came later, three days after the notice. {name} tells me the amount and the date by email at least three days before. I can skip a charge from its notice. A charge that fails is not tried again by itself. This stands until it is withdrawn: by ending it under Payment methods, or by writing to {contact}. Ending it ends no agreement and no debt.',
      'fr-CA':
        '{date}. J’autorise {name} à débiter {method} sans autre demande, pour {limit} dont l’échéance tombe à partir d’aujourd’hui, et à rembourser au besoin pour corriger une erreur. Les montants varient : chaque débit correspond à ce qui est dû sur sa facture au moment où il est annoncé, jamais davantage. Il est fait à la date d’échéance ou, si l’avis est venu plus tard, trois jours après l’avis. {name} m’indique le montant et la date par courriel au moins trois jours avant. Je peux annuler un débit à partir de son avis. Un débit refusé n’est pas présenté de nouveau automatiquement. Cette autorisation vaut jusqu’à son retrait : en y mettant fin sous Modes de paiement ou en écrivant à {contact}. Son retrait ne met fin à aucun contrat ni à aucune dette.',
    },
  },
  {
    kind: 'autopay_bank_business',
    version: 'autopay-bank-business 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. For the business that holds {method}, I authorize {name} to debit this account electronically without asking again, for {limit} that falls due from today on, and to credit it if that is needed to correct an error. Amounts differ: each debit is for what is owed on its invoice when it is announced, never more. It is made on the due date or, where its notice came later, three days after the notice; where that is no banking day, on the next one. {name} tells me the amount and the date by email at least three days before. I can skip a debit from its notice. A debit that is returned is not made again by itself. The business agrees to be bound by the Nacha Operating Rules for these debits. This stands until it is withdrawn: by ending it under Payment methods, or by writing to {contact} at least three banking days before a debit. Ending it ends no agreement and no debt.',
      'fr-CA':
        '{date}. Au nom de l’entreprise titulaire de {method}, j’autorise {name} à débiter ce compte par voie électronique sans autre demande, pour {limit} dont l’échéance tombe à partir d’aujourd’hui, et à le créditer au besoin pour corriger une erreur. Les montants varient : chaque débit correspond à ce qui est dû sur sa facture au moment où il est annoncé, jamais davantage. Il est fait à la date d’échéance ou, si l’avis est venu plus tard, trois jours après l’avis ; si ce n’est pas un jour bancaire, le suivant. {name} m’indique le montant et la date par courriel au moins trois jours avant. Je peux annuler un débit à partir de son avis. Un débit retourné n’est pas présenté de nouveau automatiquement. L’entreprise accepte d’être liée par les règles de fonctionnement de la Nacha pour ces débits. Cette autorisation vaut jusqu’à son retrait : en y mettant fin sous Modes de paiement ou en écrivant à {contact} au moins trois jours bancaires avant un débit. Son retrait ne met fin à aucun contrat ni à aucune dette.',
    },
  },
  {
    kind: 'autopay_bank_personal',
    version: 'autopay-bank-personal 2026-11',
    from: '2026-11-01',
    text: {
      'en-US':
        '{date}. I authorize {name} to debit my personal account {method} electronically without asking again, for {limit} that falls due from today on, and to credit it if that is needed to correct an error. Amounts differ: each debit is for what is owed on its invoice when it is announced, never more. It is made on the due date or, where its notice came later, ten days after the notice; where that is no banking day, on the next one. {name} tells me the amount and the date by email at least ten days before. I can skip a debit from its notice, and stop one until three business days before it. A debit that is returned is not made again by itself. I can withdraw this at any time: by ending it under Payment methods, or by writing to {contact}. A copy of this authorization is mailed to me and kept under Payment methods.',
      'fr-CA':
        '{date}. J’autorise {name} à débiter mon compte personnel {method} par voie électronique sans autre demande, pour {limit} dont l’échéance tombe à partir d’aujourd’hui, et à le créditer au besoin pour corriger une erreur. Les montants varient : chaque débit correspond à ce qui est dû sur sa facture au moment où il est annoncé, jamais davantage. Il est fait à la date d’échéance ou, si l’avis est venu plus tard, dix jours après l’avis ; si ce n’est pas un jour bancaire, le suivant. {name} m’indique le montant et la date par courriel au moins dix jours avant. Je peux annuler un débit à partir de son avis et l’arrêter jusqu’à trois jours ouvrables avant celui-ci. Un débit retourné n’est pas présenté de nouveau automatiquement. Je peux retirer cette autorisation en tout temps : en y mettant fin sous Modes de paiement ou en écrivant à {contact}. Une copie de cette autorisation m’est envoyée par courriel et est conservée sous Modes de paiement.',
    },
  },
  ...padTexts,
]
