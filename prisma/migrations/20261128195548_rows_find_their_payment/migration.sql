-- AlterTable
ALTER TABLE "balance_transactions" ADD COLUMN     "intent_id" TEXT;
